package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.holdfast.client.transport.Token;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import io.holdfast.server.config.Quotas;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients with real stores against a real server, through a network that fails. */
class SyncClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RetryPolicy EAGER =
            RetryPolicy.defaults().withBackoff(Duration.ofMillis(20), Duration.ofMillis(100));

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Garden garden = opened(Garden.open());

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private Store store(String name) {
        return opened(Store.open(folder.resolve(name), Garden.SCHEMA, Garden.SCOPE, StoreOptions.defaults()));
    }

    private ClientOptions quiet() {
        return ClientOptions.of(garden.address(), garden.token())
                .withHints(false)
                .withRetry(EAGER);
    }

    private SyncClient connect(Store store, ClientOptions options) {
        return opened(SyncClient.connect(store, options));
    }

    private static void plant(Store store, String id, String name) {
        store.collection("plants").put(id, Map.of("name", new FieldEdit.Assign(new Value.Text(name))));
    }

    private static String name(Store store, String id) {
        return store.collection("plants")
                .get(id)
                .map(record -> record.value("name"))
                .map(value -> value instanceof Value.Text text ? text.text() : "")
                .orElse("");
    }

    @Test
    void bringsWhatWasWrittenOfflineToAnotherDeviceAndProvesIt() throws InterruptedException {
        Store phone = store("phone");
        for (int i = 0; i < 50; i++) {
            plant(phone, "p" + i, "rose " + i);
        }

        SyncResult pushed = connect(phone, quiet()).syncNow(PATIENCE);
        Store laptop = store("laptop");
        SyncResult pulled = connect(laptop, quiet()).syncNow(PATIENCE);

        assertThat(pushed.failure()).isEmpty();
        assertThat(pushed.proven()).isTrue();
        assertThat(pushed.totals().pushed()).isEqualTo(50);
        assertThat(pushed.proof().orElseThrow().records()).isEqualTo(50);
        assertThat(pulled.totals().pulled()).isEqualTo(50);
        assertThat(pulled.proven()).isTrue();
        assertThat(name(laptop, "p49")).isEqualTo("rose 49");
    }

    @Test
    void waitsForAsLongAsADurationCanSay() throws InterruptedException {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        SyncClient client = connect(store("phone"), quiet());
        assertThat(client.awaitLevel(ever).level()).isTrue();
        assertThat(client.syncNow(ever).level()).isTrue();
    }

    @Test
    void aListenerMayCloseItsClient() throws InterruptedException {
        Store phone = store("phone");
        SyncClient client = connect(phone, quiet());
        CountDownLatch closed = new CountDownLatch(1);
        client.onSent(sent -> {
            client.close();
            closed.countDown();
        });
        plant(phone, "p1", "rose");
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesToCloseWithinTheStoresOwnTransactionsAndListeners() throws InterruptedException {
        Store phone = store("phone");
        SyncClient client = connect(phone, quiet());
        List<Throwable> refusals = new CopyOnWriteArrayList<>();
        phone.transaction(transaction -> refusals.add(catchThrowable(client::close)));
        phone.storage().read(transaction -> refusals.add(catchThrowable(client::close)));
        Store.Subscription heard = phone.onCommit(keys -> refusals.add(catchThrowable(client::close)));
        plant(phone, "p1", "rose");
        heard.close();
        assertThat(refusals)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("close it after that"));
        assertThat(client.awaitLevel(PATIENCE).level()).isTrue();
    }

    @Test
    void writesGoOnWithoutTheServerAndArriveOnceItIsBack() throws InterruptedException {
        Store phone = store("phone");
        SyncClient client = connect(phone, quiet());
        assertThat(client.syncNow(PATIENCE).level()).isTrue();
        garden.stop();

        plant(phone, "p1", "rose");
        SyncResult offline = client.syncNow(PATIENCE);

        assertThat(offline.level()).isFalse();
        assertThat(offline.failure().orElseThrow().code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
        assertThat(client.status().phase()).isEqualTo(Phase.OFFLINE);
        assertThat(client.status().counts().inFlight()).isEqualTo(1);

        garden.start();
        await().until(() -> client.status().phase() == Phase.LEVEL);
        assertThat(garden.records()).isEqualTo(1);
        assertThat(phone.review().account().in(ChangeState.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void aRefusedTokenStopsTheExchangeButNotTheWriting() throws InterruptedException {
        Store phone = store("phone");
        SyncClient client = connect(
                phone, ClientOptions.of(garden.address(), "no-such-token").withRetry(EAGER));

        SyncResult refused = client.syncNow(PATIENCE);
        plant(phone, "p1", "rose");

        assertThat(refused.failure().orElseThrow().code()).isEqualTo(ErrorCode.AUTH_REQUIRED);
        assertThat(client.status().phase()).isEqualTo(Phase.AUTH_REQUIRED);
        assertThat(client.status().counts().pending()).isEqualTo(1);

        client.setToken(Token.of(garden.token()));
        await().until(() -> client.status().phase() == Phase.LEVEL);
        assertThat(garden.records()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsAnOverrunServerAsks() throws InterruptedException {
        Garden busy = opened(Garden.open(Quotas.defaults().withRequestsPerMinute(30)));
        Store phone = store("phone");
        SyncClient client = connect(
                phone,
                ClientOptions.of(busy.address(), busy.token()).withHints(false).withRetry(EAGER));
        SyncResult result = client.syncNow(PATIENCE);
        while (result.level()) {
            result = client.syncNow(PATIENCE);
        }
        long refusedAt = System.nanoTime();

        SyncStatus status = client.status();
        assertThat(status.lastFailure().orElseThrow().code()).isEqualTo(ErrorCode.RATE_LIMITED);
        long asked = status.lastFailure().orElseThrow().retryAfterMillis();
        assertThat(asked).isBetween(1_000L, 2_000L);
        await().until(() -> client.status().phase() == Phase.LEVEL);
        assertThat(Duration.ofNanos(System.nanoTime() - refusedAt).toMillis()).isGreaterThan(asked - 200);
    }

    @ParameterizedTest
    @EnumSource(value = FaultyNetwork.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aLostAnswerDoublesNothing(FaultyNetwork.Fault fault) throws Exception {
        FaultyNetwork network = opened(new FaultyNetwork(garden.port()));
        Store phone = store("phone");
        SyncClient client = connect(
                phone,
                ClientOptions.of(network.address(), garden.token())
                        .withHints(false)
                        .withRetry(EAGER));
        assertThat(client.syncNow(PATIENCE).level()).isTrue();

        network.harm(fault);
        phone.transaction(transaction -> {
            for (int i = 0; i < 30; i++) {
                transaction.collection("plants").put("p" + i, Map.of("visits", new FieldEdit.Add(1)));
            }
            return 30;
        });
        SyncResult result = client.awaitLevel(PATIENCE);

        assertThat(network.faults()).isEqualTo(1);
        assertThat(result.proven()).isTrue();
        Store laptop = store("laptop");
        connect(laptop, quiet()).syncNow(PATIENCE);
        for (int i = 0; i < 30; i++) {
            assertThat(laptop.collection("plants").get("p" + i).orElseThrow().value("visits"))
                    .isEqualTo(phone.collection("plants")
                            .get("p" + i)
                            .orElseThrow()
                            .value("visits"));
        }
        assertThat(garden.records()).isEqualTo(30);
        assertThat(phone.review().account().in(ChangeState.ACCEPTED)).isEqualTo(30);
        assertThat(phone.review().account().balanced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = FaultyNetwork.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDamagedPageIsFetchedAgain(FaultyNetwork.Fault fault) throws Exception {
        Store phone = store("phone");
        for (int i = 0; i < 200; i++) {
            plant(phone, "p" + i, "a rose by the name of " + i * i);
        }
        connect(phone, quiet()).syncNow(PATIENCE);
        FaultyNetwork network = opened(new FaultyNetwork(garden.port()));
        Store laptop = store("laptop");
        SyncClient client = connect(
                laptop,
                ClientOptions.of(network.address(), garden.token())
                        .withHints(false)
                        .withRetry(EAGER));
        client.syncNow(PATIENCE);
        for (int i = 0; i < 200; i++) {
            plant(phone, "p" + i, "a tulip by the name of " + i * i);
        }
        await().until(() -> phone.review().account().in(ChangeState.PENDING) == 0);
        await().until(() -> phone.review().account().in(ChangeState.IN_FLIGHT) == 0);

        network.harm(fault);
        SyncResult result = client.awaitLevel(PATIENCE);

        assertThat(network.faults()).isEqualTo(1);
        assertThat(result.proven()).isTrue();
        assertThat(name(laptop, "p199")).isEqualTo("a tulip by the name of " + 199 * 199);
    }

    @Test
    void aHintBringsWhatAnotherDeviceWrote() throws InterruptedException {
        Store phone = store("phone");
        Store laptop = store("laptop");
        SyncClient writing = connect(phone, quiet().withHints(true));
        SyncClient listening = connect(laptop, quiet().withHints(true));
        assertThat(writing.syncNow(PATIENCE).level()).isTrue();
        assertThat(listening.syncNow(PATIENCE).level()).isTrue();

        plant(phone, "p1", "rose");

        await().until(() -> name(laptop, "p1").equals("rose"));
        // Its own writing is no news to the writer, and what is level stays at rest.
        await().until(() ->
                writing.status().phase() == Phase.LEVEL && listening.status().phase() == Phase.LEVEL);
    }

    @Test
    void whatTheServerRefusesWaitsInQuarantineAndHoldsNothingUp() throws InterruptedException {
        Store phone = store("phone");
        plant(phone, "p1", Garden.FORBIDDEN_NAME);
        plant(phone, "p2", "rose");

        SyncClient client = connect(phone, quiet());
        SyncResult result = client.syncNow(PATIENCE);

        assertThat(result.proven()).isTrue();
        assertThat(result.totals().pushed()).isEqualTo(1);
        assertThat(result.totals().refused()).isEqualTo(1);
        assertThat(client.status().counts().quarantined()).isEqualTo(1);
        assertThat(client.status().records()).isEqualTo(2);
        assertThat(garden.records()).isEqualTo(1);
    }

    @Test
    void aRowThatChangedBehindTheServersBackIsFoundByAChallengeAndWrittenAgain() throws InterruptedException {
        Store phone = store("phone");
        plant(phone, "p1", "rose");
        plant(phone, "p2", "tulip");
        SyncClient client = connect(phone, quiet());
        client.syncNow(PATIENCE);
        RecordKey key = new RecordKey("plants", "p2");
        RecordState row = garden.row(key);

        assertThat(client.verify(true, PATIENCE).equal()).isTrue();
        garden.storage.damage(Garden.SCOPE, key, Plants.renamed(row, "weed"));

        assertThat(client.verify(false, PATIENCE).equal()).isTrue();
        Verification deep = client.verify(true, PATIENCE);
        assertThat(deep.equal()).isFalse();
        assertThat(deep.wrong()).containsExactly(key);
        assertThat(deep.proofs()).extracting(Proof::level).containsExactly(Proof.Level.values());
        assertThat(client.status().evidence().proofs().get(Proof.Level.L2)).matches(proof -> !proof.equal());
        assertThat(garden.row(key)).isEqualTo(row);
        assertThat(client.verify(true, PATIENCE).equal()).isTrue();
        assertThat(client.status().evidence().openGaps()).isZero();
    }

    @Test
    void aRowThatChangedBehindTheStoresBackIsFoundAndRepaired() throws Exception {
        Store phone = store("phone");
        plant(phone, "p1", "rose");
        plant(phone, "p2", "tulip");
        SyncClient client = connect(phone, quiet());
        client.syncNow(PATIENCE);

        Plants.overwrite(folder.resolve("phone"), "p2", "weed");

        Verification verified = client.verify(false, PATIENCE);
        assertThat(verified.damaged()).containsExactly(new RecordKey("plants", "p2"));
        assertThat(verified.equal()).isFalse();
        SyncClient.Repair repair = client.repair(PATIENCE);
        assertThat(repair.result().proven()).isTrue();
        assertThat(repair.result().totals().repaired()).isEqualTo(1);
        assertThat(name(phone, "p2")).isEqualTo("tulip");
        assertThat(client.verify(true, PATIENCE).equal()).isTrue();
    }

    @Test
    void tellsTheStatusUntilEverythingIsLevel() {
        Store phone = store("phone");
        List<SyncStatus> heard = new CopyOnWriteArrayList<>();
        SyncClient client = connect(phone, quiet());
        opened(client.onStatus(Duration.ofMillis(5), heard::add));

        for (int i = 0; i < 100; i++) {
            plant(phone, "p" + i, "rose");
        }

        await().until(() -> heard.getLast().phase() == Phase.LEVEL
                && heard.getLast().counts().pending() == 0
                && heard.getLast().records() == 100);
        assertThat(heard.getLast()).isEqualTo(client.status());
    }

    @Test
    void aClientThatIsClosedLeavesNothingBehindForTheNext() throws InterruptedException {
        Store phone = store("phone");
        for (int round = 0; round < 10; round++) {
            try (SyncClient client = SyncClient.connect(phone, quiet())) {
                plant(phone, "p" + round, "rose");
            }
        }

        SyncResult result = connect(phone, quiet()).syncNow(PATIENCE);

        assertThat(result.proven()).isTrue();
        assertThat(garden.records()).isEqualTo(10);
        assertThat(phone.review().account().in(ChangeState.ACCEPTED)).isEqualTo(10);
    }

    @Test
    void whoeverWaitsHearsThatTheClientWasClosed() throws InterruptedException {
        garden.stop();
        SyncClient client = connect(store("phone"), quiet());
        List<SyncResult> results = new CopyOnWriteArrayList<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                results.add(client.awaitLevel(PATIENCE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> client.status().lastFailure().isPresent());

        client.close();
        waiting.join();

        assertThat(results).hasSize(1);
        assertThat(client.syncNow(PATIENCE).failure().orElseThrow().code()).isEqualTo(ErrorCode.CANCELLED);
        garden.start();
    }
}
