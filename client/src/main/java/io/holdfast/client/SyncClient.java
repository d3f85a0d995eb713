package io.holdfast.client;

import io.holdfast.client.hint.HintStream;
import io.holdfast.client.status.Conflated;
import io.holdfast.client.system.Machine;
import io.holdfast.client.system.SystemMachine;
import io.holdfast.client.transport.HttpClients;
import io.holdfast.client.transport.HttpHints;
import io.holdfast.client.transport.HttpTransport;
import io.holdfast.client.transport.Token;
import io.holdfast.client.transport.Transport;
import io.holdfast.core.engine.Engine;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Session;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.store.Store;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps a store level with a server, in the background: sends what was written, fetches what others wrote, proves after each
 * exchange that both hold the same, and tries again by itself. Writing to the store never waits for it. Thread-safe.
 *
 * <pre>{@code
 * try (Store store = Store.open(file, schema, "ann", StoreOptions.defaults());
 *         SyncClient client = SyncClient.connect(store, ClientOptions.of("https://sync.example.org", token))) {
 *     ...
 * }
 * }</pre>
 */
public final class SyncClient implements AutoCloseable {

    private final Store store;
    private final Link link;
    private final Machine machine;
    private final Driver driver;
    private final Prover prover;
    private final StatusReader reader;
    private final Conflated<SyncStatus> statuses;
    private final Optional<HintStream> hints;
    private final Store.Subscription commits;

    /**
     * What a client talks through.
     *
     * @param hints opens the stream of hints; empty to go without
     * @param onToken takes a new token
     * @param onClose gives connections up
     */
    record Link(Transport transport, Optional<HintStream.Source> hints, Consumer<Token> onToken, Runnable onClose) {}

    private SyncClient(Store store, Link link, ClientOptions options, Machine machine) {
        this.store = store;
        this.link = link;
        this.machine = machine;
        reader = new StatusReader(store, options.server());
        statuses = new Conflated<>(this::status, machine);
        RandomGenerator random = machine.random();
        Session session = new Session(
                SystemCollections.removeFrom(store.schema()),
                () -> replicaId(random),
                options.pageMax(),
                options.guard());
        LocalWork local = new LocalWork(store.storage(), store.schema(), session, machine.clock());
        Engine engine = new Engine(options.retry(), random);
        driver = new Driver(local, engine, link.transport, machine, statuses::changed);
        prover = new Prover(store.storage(), store.schema(), driver, machine, options.proofs());
        hints = link.hints.map(source -> new HintStream(source, new Hints(), machine, HintStream.Pace.defaults()));
        commits = store.onCommit(keys -> driver.written());
    }

    private final class Hints implements HintStream.Listener {
        @Override
        public void connected() {
            driver.reachable();
        }

        @Override
        public void moved(long sequence) {
            driver.hinted(sequence);
        }
    }

    /** A random UUID (RFC 9562, version 4) for a store that was found to be a copy. */
    private static String replicaId(RandomGenerator random) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | (1L << 63);
        return new UUID(high, low).toString();
    }

    /** Connects a store to a server over HTTP, and begins to exchange. The store stays open when the client is closed. */
    public static SyncClient connect(Store store, ClientOptions options) {
        return connect(store, options, new SystemMachine("holdfast-sync"));
    }

    /** As {@link #connect(Store, ClientOptions)}, by the clock and chance of a machine, which is closed with the client. */
    public static SyncClient connect(Store store, ClientOptions options, Machine machine) {
        HttpClient http = HttpClients.open(options.connectTimeout(), options.trust());
        AtomicReference<Token> token = new AtomicReference<>(options.token());
        Duration timeout = options.retry().timeout();
        HttpTransport transport = new HttpTransport(http, options.server(), token::get, timeout, machine.clock());
        String scope = store.device().identity().scope();
        Optional<HintStream.Source> hints = options.hints()
                ? Optional.of(new HttpHints(http, options.server(), scope, token::get, timeout))
                : Optional.empty();
        Link link = new Link(transport, hints, token::set, http::shutdownNow);
        return over(store, link, options, machine);
    }

    /**
     * Connects a store over a transport of one's own, without hints, by the clock and chance of a machine, which is closed with
     * the client. The transport is told of no new token.
     */
    public static SyncClient connect(Store store, Transport transport, ClientOptions options, Machine machine) {
        return over(store, new Link(transport, Optional.empty(), token -> {}, () -> {}), options, machine);
    }

    /** Connects a store over any link; the machine is closed with the client. */
    static SyncClient over(Store store, Link link, ClientOptions options, Machine machine) {
        SyncClient client = new SyncClient(store, link, options, machine);
        client.driver.start();
        client.hints.ifPresent(HintStream::connect);
        client.prover.start();
        return client;
    }

    /** How the store stands to the server now. */
    public SyncStatus status() {
        return reader.read(driver.status());
    }

    /**
     * Tells a listener the status, now and whenever it changes, on a thread of its own. A listener that is slow skips what
     * lies between, but always learns how it ended.
     *
     * @param pause least time between two calls; zero for none
     */
    public Conflated.Subscription onStatus(Duration pause, Consumer<SyncStatus> listener) {
        return statuses.subscribe(pause, listener);
    }

    /**
     * Tells a listener of each message and what came of it, once that is taken in, until the client is closed. It must be quick:
     * nothing else is done meanwhile.
     */
    public void onSent(Consumer<Sent> listener) {
        driver.onSent(listener);
    }

    /**
     * Exchanges now, whatever stood in the way, and waits until both sides are level or something fails. It is tried again in
     * the background then.
     */
    public SyncResult syncNow(Duration timeout) throws InterruptedException {
        return synced(Wait.Patience.FIRST_FAILURE, timeout);
    }

    /** As {@link #syncNow}, but waits through failures that may pass by themselves. */
    public SyncResult awaitLevel(Duration timeout) throws InterruptedException {
        return synced(Wait.Patience.RETRIES, timeout);
    }

    private SyncResult synced(Wait.Patience patience, Duration timeout) throws InterruptedException {
        Wait wait = new Wait(patience);
        driver.exchange(wait);
        Wait.Rest rest = rest(wait, timeout);
        Optional<Proof> proof = Optional.ofNullable(store.device().proofs().get(Proof.Level.L0));
        return new SyncResult(rest.failure().isEmpty(), rest.totals(), proof, rest.failure());
    }

    private Wait.Rest rest(Wait wait, Duration timeout) throws InterruptedException {
        try {
            return wait.rest().get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            Failure why = driver.status()
                    .last()
                    .orElseGet(() -> new Failure(
                            ErrorCode.CANCELLED,
                            "Not level within " + timeout.toSeconds() + " s; it goes on in the background.",
                            0,
                            false));
            wait.rest().cancel(false);
            return new Wait.Rest(wait.since(driver.totals()), Optional.of(why), List.of());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a wait never fails", impossible);
        }
    }

    /**
     * Compares: every row of this store with its digest (L1), all records with the server (L0), and, if asked, the actual
     * rows of both sides under a fresh challenge (L2). Damage is told, not repaired: see {@link #repair}.
     *
     * @param deep whether to make the challenge
     * @param timeout how long the comparison with the server may take
     */
    public Verification verify(boolean deep, Duration timeout) throws InterruptedException {
        List<RecordKey> damaged = prover.scrub(false);
        Wait wait = new Wait(Wait.Patience.FIRST_FAILURE);
        if (deep) {
            prover.challenge(wait);
        } else {
            driver.exchange(wait);
        }
        Wait.Rest rest = rest(wait, timeout);
        return new Verification(
                prover.proofs(deep), damaged, rest.differing(), rest.totals().repaired(), rest.failure());
    }

    /**
     * Looks for damaged rows, and replaces each by the server's record. Changes that wait to be sent are not touched.
     *
     * @return the damaged records; repaired if the result says that both sides are proven equal
     */
    public Repair repair(Duration timeout) throws InterruptedException {
        List<RecordKey> damaged = prover.scrub(true);
        return new Repair(damaged, syncNow(timeout));
    }

    /** What a repair came to. */
    public record Repair(List<RecordKey> damaged, SyncResult result) {
        /** Copies. */
        public Repair {
            damaged = List.copyOf(damaged);
        }
    }

    /** Goes on under another token, at once. */
    public void setToken(Token token) {
        link.onToken.accept(token);
        hints.ifPresent(HintStream::connect);
        driver.exchange(new Wait(Wait.Patience.FIRST_FAILURE));
    }

    /** Says that the network came back: whatever waits to be tried again is tried now. */
    public void networkBack() {
        hints.ifPresent(HintStream::connect);
        driver.reachable();
    }

    /**
     * Stops. What is being written to the store is finished; a message under way is given up, and is sent again by the next
     * client of this store. Closing again does nothing. A listener may close its client; what is being done meanwhile is finished
     * after it.
     *
     * @throws IllegalStateException within a transaction, a read or a listener of the store, for which it may have to wait
     */
    @Override
    public void close() {
        if (store.isInside()) {
            throw new IllegalStateException(
                    "A client is not closed within a transaction, read or listener of its store: close it after that.");
        }
        commits.close();
        prover.close();
        hints.ifPresent(HintStream::close);
        statuses.close();
        driver.close();
        machine.close();
        link.onClose.run();
    }
}
