package io.holdfast.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Device;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.value.Value;
import io.holdfast.store.Records;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused changes, against a real server over HTTP: they hold nobody up, and nothing of them is lost. */
class QuarantineTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private ServerProcess server;
    private String token;
    private Device phone;

    @BeforeEach
    void aServerThatRefusesPotencyAboveEight() throws IOException {
        Journal.in(folder);
        Files.writeString(
                folder.resolve("rules.json"), "{\"entries\": {\"constraints\": {\"potency\": {\"max\": 8}}}}");
        server = ServerProcess.start(folder, "--rules", "@rules.json");
        token = server.token("device", "ann");
        phone = Device.of(folder, "phone").init(server, token);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SyncResult sync(Store store) throws InterruptedException {
        ClientOptions options = ClientOptions.of(server.address(), token).withHints(false);
        try (SyncClient client = SyncClient.connect(store, options)) {
            return client.syncNow(PATIENCE);
        }
    }

    @Test
    void oneRefusedRecordAmongTenThousandHoldsUpNoneOfTheOthers() throws InterruptedException {
        Commands.in(folder)
                .pipe(
                        IntStream.range(0, 10_000)
                                .mapToObj(
                                        i -> i == 3_333 ? Journal.entry("bad", "potency", "9") : Journal.entry("e" + i))
                                .collect(Collectors.joining("\n")),
                        "put",
                        "--store",
                        phone.store(),
                        "entries")
                .fine();
        SyncResult result;
        try (Store store = Store.open(phone.file(), StoreOptions.defaults())) {
            result = sync(store);
        }
        assertThat(result.proven()).isTrue();
        assertThat(result.totals().pushed()).isEqualTo(9_999);
        assertThat(result.totals().refused()).isEqualTo(1);
        // To register, five batches of two thousand, and at most one more for what was frozen ahead of the refusal.
        assertThat(result.totals().traffic().roundTrips()).isBetween(6L, 7L);

        Device laptop = Device.of(folder, "laptop").init(server, token).sync();
        assertThat(laptop.status()).contains("\"records\":9999,");
        assertThat(phone.status()).contains("\"records\":10000,\"pending\":0,\"inFlight\":0,\"quarantined\":1,");
    }

    @Test
    void theOthersOfItsTransactionWaitWithItAndGoWithIt() throws InterruptedException {
        try (Store store = Store.open(phone.file(), StoreOptions.defaults())) {
            store.transaction(transaction -> {
                Records entries = transaction.collection("entries");
                entries.put("debit", fields(5));
                entries.put("credit", fields(9));
                return true;
            });
            store.collection("entries").put("alone", fields(5));
            SyncResult result = sync(store);
            assertThat(result.totals().pushed()).isEqualTo(1);
            assertThat(result.totals().refused()).isEqualTo(2);
        }
        assertThat(Device.of(folder, "laptop").init(server, token).sync().list())
                .contains("\"alone\"")
                .doesNotContain("\"debit\"", "\"credit\"");

        // Refused is not gone, after a restart either: it shows, it is listed, and correcting it sends both again.
        assertThat(phone.list()).contains("\"debit\"", "\"credit\"", "\"alone\"");
        assertThat(phone.run("quarantine", "list", "--json").fine().out())
                .contains("\"entries/credit\"", "\"field\":\"potency\"", "\"entries/debit\"", "GROUP_REFUSED");
        phone.put("{\"id\":\"credit\",\"potency\":8}");
        assertThat(phone.status()).contains("\"pending\":2,", "\"quarantined\":0,");
        phone.sync();
        assertThat(Device.of(folder, "laptop").sync().list()).contains("\"debit\"", "\"credit\"");
        phone.proven();
    }

    private static Map<String, FieldEdit> fields(int potency) {
        return Map.of(
                "account",
                new FieldEdit.Assign(new Value.Text("ann")),
                "at",
                new FieldEdit.Assign(new Value.Time(1_767_323_045_000_000L)),
                "potency",
                new FieldEdit.Assign(new Value.Int(potency)));
    }

    @Test
    void decisionsAreWrittenDownWithWhoDecided() {
        phone.put(Journal.entry("bad", "potency", "9"));
        phone.run("sync").refused(1, "refused 1 change");
        phone.run("quarantine", "retry", "bad", "--by", "Grace Hopper").fine();
        phone.run("sync").refused(1, "refused 1 change");
        phone.run("quarantine", "discard", "bad", "--by", "Ada Lovelace", "--reason", "typed wrong")
                .fine();
        assertThat(phone.run("conflicts", "list", "--all", "--json").fine().out())
                .contains("discarded by Ada Lovelace: typed wrong");
        assertThat(audit())
                .anyMatch(entry -> entry.contains("Grace Hopper CHANGE_RETRIED entries/bad"))
                .anyMatch(entry ->
                        entry.contains("Ada Lovelace CHANGE_DISCARDED entries/bad") && entry.endsWith("typed wrong"));
        phone.proven();
    }

    private List<String> audit() {
        try (Store store = Store.open(phone.file(), StoreOptions.defaults())) {
            return store.review().audit(Long.MAX_VALUE, 100).stream()
                    .map(entry -> entry.who() + " " + entry.event() + " " + entry.detail())
                    .toList();
        }
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsHalvedUntilTheBadChangeStandsAlone() throws Exception {
        Commands.in(folder)
                .pipe(
                        IntStream.range(0, 600)
                                .mapToObj(i -> Journal.entry(i == 123 ? "poison" : "e" + i))
                                .collect(Collectors.joining("\n")),
                        "put",
                        "--store",
                        phone.store(),
                        "entries")
                .fine();
        try (PoisonedProxy proxy = new PoisonedProxy(server.address(), "\"poison\"");
                Store store = Store.open(phone.file(), StoreOptions.defaults());
                SyncClient client = SyncClient.connect(
                        store, ClientOptions.of(proxy.address(), token).withHints(false))) {
            SyncResult result = client.awaitLevel(PATIENCE);
            assertThat(result.proven()).isTrue();
            assertThat(store.review().quarantined(10))
                    .extracting(record -> record.key().id())
                    .containsExactly("poison");
            // 600 takes ten halvings; batches grow again on the way.
            assertThat(proxy.refused()).isBetween(8, 14);
            assertThat(result.totals().traffic().roundTrips()).isLessThan(50);
        }
        assertThat(Device.of(folder, "laptop").init(server, token).sync().status())
                .contains("\"records\":599,");
        // Past the proxy it is a change like any other.
        phone.run("quarantine", "retry", "poison").fine();
        phone.sync().proven();
    }
}
