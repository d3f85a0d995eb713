package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.transport.Reply;
import io.holdfast.client.transport.Traffic;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** A server that knows its trade, phones and a network, all on one simulated timeline. The stores are real files. */
final class EarningsWorld implements AutoCloseable {

    static final Coins RATE = Coins.parse("rate", "0.12345678");
    static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");

    final VirtualTime time = new VirtualTime(BEGIN);
    final EarningsPolicy policy;
    ServerStorage storage;
    ReviewDesk desk;
    private ScopeServer server;
    private final Path folder;
    private final List<TestPhone> phones = new ArrayList<>();
    /** Where the phones' chance comes from. */
    long seed = 1_000;
    /** Hears of each exchange that the server has answered, with its time in milliseconds since 1970. */
    ObjLongConsumer<ExchangeRequest> onAnswer = (request, atMillis) -> {};
    /** How much the server's clock is ahead of the truth. */
    Duration serverError = Duration.ZERO;

    EarningsWorld(Path folder) {
        this(folder, EarningsPolicy.of(Terms.of(RATE)));
    }

    EarningsWorld(Path folder, EarningsPolicy policy) {
        this(folder, policy, new InMemoryServerStorage());
    }

    /** A world whose server stores elsewhere. */
    EarningsWorld(Path folder, EarningsPolicy policy, ServerStorage storage) {
        this.folder = folder;
        this.policy = policy;
        this.storage = storage;
        server = server();
        desk = new ReviewDesk(server, time);
    }

    /** Another server goes on with what is stored. */
    void serve(ServerStorage next) {
        storage = next;
        server = server();
        desk = new ReviewDesk(server, time);
    }

    private ScopeServer server() {
        return new ScopeServer(
                        storage,
                        EarningsSchema.SCHEMA,
                        WriteRules.OPEN,
                        () -> time.instant().plus(serverError),
                        new SeededRandom(3))
                .deciding(new EarningsRules(policy));
    }

    /** A world of its own, in a folder of its own within another. */
    static void in(Path folder, Consumer<EarningsWorld> body) {
        try (EarningsWorld world = new EarningsWorld(Files.createTempDirectory(folder, "w"))) {
            body.accept(world);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestPhone phone(String name, String user) {
        TestPhone phone = new TestPhone(this, folder.resolve(name + "-" + user + ".holdfast"), user, phones.size());
        phones.add(phone);
        return phone;
    }

    /** A user's first phone, on which he is known. */
    TestPhone begun(String user) {
        TestPhone phone = phone("phone", user);
        phone.earnings.initialize(RATE.number());
        return phone;
    }

    /** Nothing waits, and phone and server agree on what the user has. */
    void level(TestPhone phone, BigDecimal expected) {
        assertThat(user(phone.user()).current()).isEqualTo(expected);
        EarningsState state = phone.earnings.state();
        assertThat(state.currentEarnings()).isEqualTo(expected);
        assertThat(state.confirmedEarnings()).isEqualTo(expected);
        assertThat(state.heldEarnings()).isEqualByComparingTo("0");
        assertThat(state.syncStatus()).isEqualTo(EarningsState.SyncState.SYNCED);
        Account account = phone.earnings.store().review().account();
        assertThat(account.balanced()).isTrue();
        for (ChangeState waiting : List.of(ChangeState.PENDING, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED)) {
            assertThat(account.in(waiting)).as(waiting.name()).isZero();
        }
    }

    void run(Duration span) {
        time.runFor(span);
    }

    /** The server's side of one message, through the codec. */
    Reply answer(String user, Outgoing message) {
        Principal principal = new Principal(user, Role.DEVICE);
        Traffic traffic = new Traffic(1, 100, 100);
        try {
            return new Reply.Answered(
                    switch (message) {
                        case Outgoing.Register register ->
                            new Incoming.Registered(server.register(principal, register.message()));
                        case Outgoing.Exchange exchange ->
                            new Incoming.Exchanged(exchange(
                                    principal,
                                    ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message()))));
                        case Outgoing.Reconcile reconcile ->
                            new Incoming.Reconciled(server.reconcile(principal, reconcile.message()));
                    },
                    traffic);
        } catch (HoldfastException refused) {
            return new Reply.Failed(
                    new Failure(refused.code(), String.valueOf(refused.getMessage()), 0, true), traffic);
        }
    }

    private ExchangeAnswer exchange(Principal principal, ExchangeRequest request) {
        long now = time.instant().plus(serverError).toEpochMilli();
        ExchangeAnswer answer = server.exchange(principal, request);
        if (answer instanceof ExchangeAnswer.Applied) {
            onAnswer.accept(request, now);
        }
        return answer;
    }

    static Reply unreachable() {
        return new Reply.Failed(
                new Failure(ErrorCode.SERVER_UNREACHABLE, "No network.", 0, false), new Traffic(1, 0, 0));
    }

    /** All records of a collection that the server holds for a user. */
    <T extends Record> List<T> rows(RecordBinding<T> binding, String user) {
        return storage.snapshot(
                user,
                snapshot -> snapshot.head().isEmpty()
                        ? List.of()
                        : snapshot.live(binding.collection().name(), "", 4_000).stream()
                                .map(row -> binding.read(row.key().id(), row.state()::value))
                                .toList());
    }

    UserEarnings user(String user) {
        return rows(EarningsSchema.USERS, user).getFirst();
    }

    /** Coins for so much time at the usual rate. */
    static BigDecimal coins(Duration mined) {
        return coins(RATE, mined);
    }

    /** Coins for so much time at a rate. */
    static BigDecimal coins(Coins rate, Duration mined) {
        return Accrued.of(rate, mined.toNanos() / 1_000).coins().number();
    }

    @Override
    public void close() {
        phones.forEach(TestPhone::close);
    }
}
