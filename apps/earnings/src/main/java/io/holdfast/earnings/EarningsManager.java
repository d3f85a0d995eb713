package io.holdfast.earnings;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.client.SyncStatus;
import io.holdfast.client.Verification;
import io.holdfast.client.status.Conflated;
import io.holdfast.client.system.Machine;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import io.holdfast.store.TypedRecords;
import io.holdfast.store.query.Query;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One user's earnings on one device: works offline, survives restarts, and keeps itself level with a server once it is connected.
 * Nothing of another user can be reached through it: each user has a file of his own. Thread-safe.
 *
 * {@snippet :
 * try (EarningsManager earnings = EarningsManager.open(Path.of("ann.holdfast"), "ann", EarningsOptions.defaults())) {
 *     earnings.initialize(new BigDecimal("0.5"));
 *     earnings.connect(ClientOptions.of("https://earn.example.org", token));
 *     earnings.onChange(state -> show(state.currentEarnings()));
 *     earnings.start();
 *     earnings.sync(true);
 *     earnings.stop();
 * }
 * }
 */
public final class EarningsManager implements AutoCloseable {

    /** A server that was heard of so lately is taken to be there. */
    private static final Duration HEARD = Duration.ofMinutes(2);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Store store;
    private final String user;
    private final EarningsOptions options;
    private final Machine machine;
    private final DeviceBooks books;
    private final TypedRecords<MiningSettlement> settlements;
    private final Conflated<EarningsState> states;

    // What follows is guarded by this object's lock.
    private Optional<Anchor> anchor = Optional.empty();
    private Optional<MiningSession> running = Optional.empty();
    private long reckoned;
    private boolean failing;
    private long heardMillis;
    private long heardMicros = Long.MIN_VALUE / 2;
    private Machine.Alarm alarm = () -> {};
    private Optional<SyncClient> client = Optional.empty();
    private boolean closed;

    private EarningsManager(Store store, String user, EarningsOptions options) {
        this.store = store;
        this.user = user;
        this.options = options;
        machine = options.machine().get();
        books = new DeviceBooks(store, user);
        settlements = store.collection(MiningSettlement.class);
        states = new Conflated<>(this::state, machine);
    }

    /**
     * Opens a user's file, or makes it. A session that ran when it was closed, or when the device lost its power, still runs.
     *
     * @throws HoldfastException STORE_OTHER_SCOPE if the file is another user's, STORE_IN_USE, STORE_DAMAGED, STORE_NOT_A_STORE;
     *     RECORD_ID (a {@link io.holdfast.core.schema.RecordRefusedException}) if the user's id cannot be one
     */
    public static EarningsManager open(Path file, String user, EarningsOptions options) {
        Store store = Store.open(file, EarningsSchema.SCHEMA, Scopes.of(user), options.store());
        EarningsManager manager = new EarningsManager(store, user, options);
        try {
            manager.resume();
            return manager;
        } catch (RuntimeException | Error failed) {
            manager.close();
            throw failed;
        }
    }

    private synchronized void resume() {
        Optional<MiningSession> latest = books.latest();
        anchor = latest.map(session -> AnchorJson.read(session.clock()));
        running = latest.filter(MiningSession::open);
        if (running.isPresent()) {
            reckon();
            arm();
        }
    }

    /**
     * Makes the user known, if he is not. The server decides his rate; until it has, this one is reckoned with.
     *
     * @param baseRate coins an hour
     * @throws io.holdfast.core.schema.RecordRefusedException FIELD_RANGE, FIELD_PRECISION
     */
    public synchronized EarningsState initialize(BigDecimal baseRate) {
        Coins rate = Coins.of("base_earning_rate", baseRate);
        if (books.user().isEmpty()) {
            books.begin(rate, Times.instant(now().micros()));
            states.changed();
        }
        return state();
    }

    /**
     * Begins to mine.
     *
     * @throws HoldfastException EARNINGS_SESSION if a session runs on this device; NOT_FOUND if the user was not initialized
     */
    public synchronized EarningsState start() {
        UserEarnings known = known();
        if (running.isPresent()) {
            throw new HoldfastException(
                    ErrorCode.EARNINGS_SESSION,
                    "A session runs on this device since " + running.get().startedAt() + ". Stop it first.");
        }
        running = Optional.of(books.start(now(), Coins.of("earning_rate", known.rate())));
        reckoned = 0;
        arm();
        states.changed();
        return state();
    }

    /**
     * Reckons how much has been earned, and stores it if what is stored has grown old. Call it as often as you like: what is
     * not stored yet is a function of what is.
     */
    public synchronized EarningsState update() {
        reckon();
        return state();
    }

    private void reckon() {
        if (running.isPresent()) {
            Anchor now = now();
            reckoned++;
            Instant stored = running.get().lastUpdate();
            if (!Times.instant(now.micros()).isBefore(stored.plus(pace(now)))) {
                write(now);
            }
            states.changed();
        }
    }

    /** Away from the server nothing is gained by storing often: what is not stored follows from what is. */
    private Duration pace(Anchor now) {
        boolean heard = now.micros() - heardMicros < HEARD.toNanos() / 1_000;
        return client.isPresent() && heard ? options.storeEvery() : options.storeEveryOffline();
    }

    private void write(Anchor now) {
        refresh();
        running = running.map(session -> books.reckoned(session, now, rates(), reckoned));
        reckoned = 0;
    }

    /** Another device may have ended the session meanwhile. */
    private void refresh() {
        running = running.flatMap(session -> books.session(session.id())).filter(MiningSession::open);
        if (running.isEmpty()) {
            alarm.cancel();
        }
    }

    /**
     * Ends mining. Ends the user's sessions on his other devices too, as far as they are known here.
     *
     * @throws HoldfastException EARNINGS_SESSION if none runs
     */
    public synchronized EarningsState stop() {
        UserEarnings known = known();
        Anchor now = now();
        List<MiningSession> open =
                recent(known, now).stream().filter(MiningSession::open).toList();
        if (open.isEmpty()) {
            throw new HoldfastException(ErrorCode.EARNINGS_SESSION, "No session runs. Start one.");
        }
        for (MiningSession session : open) {
            books.ended(session, now, rates());
        }
        running = Optional.empty();
        alarm.cancel();
        states.changed();
        return state();
    }

    /** What the user sees. */
    public synchronized EarningsState state() {
        UserEarnings known = known();
        Anchor now = now();
        Foresight.Foreseen foreseen = new Foresight(known)
                .foresee(recent(known, now), this::settlement, running.map(MiningSession::id), now.micros());
        Instant last = running.map(session -> Times.instant(now.micros())).orElse(known.lastUpdate());
        return new EarningsState(
                user,
                foreseen.ledger().balance().coins().number(),
                known.current(),
                foreseen.held(),
                foreseen.ledger().rates().at(now.micros()).number(),
                known.baseRate(),
                last,
                known.startDate(),
                running.isPresent(),
                syncState());
    }

    private EarningsState.SyncState syncState() {
        Account account = store.review().account();
        long waiting = account.in(ChangeState.PENDING) + account.in(ChangeState.IN_FLIGHT);
        boolean refused = account.in(ChangeState.QUARANTINED) > 0;
        if (refused || (waiting > 0 && failing)) {
            return EarningsState.SyncState.FAILED;
        }
        return waiting > 0 ? EarningsState.SyncState.PENDING : EarningsState.SyncState.SYNCED;
    }

    private UserEarnings known() {
        return books.user()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "Nothing is known of this user here. Initialize him first."));
    }

    private List<MiningSession> recent(UserEarnings known, Anchor now) {
        Duration lookback = Foresight.books(known).terms().lookback();
        return books.sessions(Times.instant(now.micros()).minus(lookback));
    }

    private Optional<MiningSettlement> settlement(String session) {
        return settlements.get(session);
    }

    private Rates rates() {
        return Foresight.books(known()).ledger().rates();
    }

    /** Counts on to now, and records clocks that contradict each other. */
    private Anchor now() {
        ClockReading reading = options.clock().read();
        return moved(anchor.map(last -> last.to(reading))
                .orElseGet(() -> new Anchor.Moved(Anchor.first(reading), Optional.empty())));
    }

    private Anchor moved(Anchor.Moved moved) {
        anchor = Optional.of(moved.anchor());
        moved.jump().ifPresent(jump -> {
            BigDecimal earned = running.map(MiningSession::earned).orElse(Coins.ZERO.number());
            books.jumped(jump, earned, Times.instant(moved.anchor().micros()));
            // The anchor must not be lost with the process: it would notice the same jump again.
            if (running.isPresent()) {
                write(moved.anchor());
            }
        });
        return moved.anchor();
    }

    private void arm() {
        alarm.cancel();
        alarm = machine.after(options.storeEvery(), () -> {
            synchronized (this) {
                if (!closed && running.isPresent()) {
                    reckon();
                    arm();
                }
            }
        });
    }

    /** The store under it, for what every store can: settings, review, history. Records are written through this class alone. */
    public Store store() {
        return store;
    }

    /** Keeps level with a server from now on, in the background; goes over to this one if another was connected. */
    public void connect(ClientOptions server) {
        connect(connectorMachine -> SyncClient.connect(store, server, connectorMachine));
    }

    /** As {@link #connect(ClientOptions)}, by a client of one's own making. */
    synchronized void connect(Function<Machine, SyncClient> connector) {
        goOffline();
        SyncClient connected = connector.apply(options.machine().get());
        client = Optional.of(connected);
        connected.onStatus(Duration.ZERO, this::contact);
    }

    /** Talks to no server any more. Mining goes on, and what it earns waits. */
    public synchronized void goOffline() {
        client.ifPresent(SyncClient::close);
        client = Optional.empty();
        states.changed();
    }

    /** Each answer of the server says what time it is. */
    private synchronized void contact(SyncStatus status) {
        if (closed) {
            return;
        }
        failing = status.lastFailure().isPresent();
        states.changed();
        ClockReading reading = options.clock().read();
        DeviceState.ClockOffset offset = store.device().clock();
        boolean measured = offset.incarnation() == store.device().identity().incarnation();
        if (!measured || status.lastExchangeMillis() == heardMillis || !fresh(status, reading)) {
            return;
        }
        heardMillis = status.lastExchangeMillis();
        long server = reading.wallMicros() + offset.offsetMillis() * 1_000;
        Anchor before =
                anchor.orElseGet(() -> Anchor.first(reading)).to(reading).anchor();
        Anchor.Moved moved = anchor.orElseGet(() -> Anchor.first(reading)).confirm(reading, server);
        if (before.basis() == Anchor.Basis.DEVICE) {
            anchor = Optional.of(moved.anchor());
            retime(Duration.ofNanos((server - before.micros()) * 1_000), moved.anchor());
        } else {
            moved(moved);
        }
        heardMicros = server;
        refresh();
        reclaim();
        states.changed();
    }

    /** An offset holds only as long as nobody has set the clock since it was measured. */
    private static boolean fresh(SyncStatus status, ClockReading reading) {
        return Math.abs(reading.wallMicros() / 1_000 - status.lastExchangeMillis()) <= FRESH.toMillis();
    }

    /** A session may have ended a moment before that moment had come for the server: that is claimed again, once it has. */
    private void reclaim() {
        Optional<UserEarnings> user = books.user();
        if (user.isEmpty() || anchor.isEmpty()) {
            return;
        }
        for (MiningSession session : recent(user.get(), anchor.get())) {
            long left = settlement(session.id())
                    .map(known -> Foresight.reached(session) - Times.micros(known.settledUntil()))
                    .orElse(0L);
            boolean own = session.device().equals(books.device()) && !session.open();
            if (own && left > 0 && left <= FRESH.toNanos() / 1_000) {
                books.again(session);
            }
        }
    }

    /** The first time that a server is heard of: what was told by this device's clock is told again by the server's. */
    private void retime(Duration ahead, Anchor now) {
        List<MiningSession> untimed = books.sessions(Instant.EPOCH).stream()
                .filter(session -> session.device().equals(books.device())
                        && session.timedBy().equals(MiningSession.DEVICE))
                .toList();
        if (!untimed.isEmpty()) {
            books.retime(untimed, ahead, Times.instant(now.micros()));
            running = books.latest().filter(MiningSession::open);
            if (running.isPresent()) {
                write(now);
            }
        }
    }

    /**
     * Sends what waits and fetches what is new.
     *
     * @param force whether to do so although nothing is due
     */
    public SyncReport sync(boolean force) throws InterruptedException {
        SyncClient connected;
        synchronized (this) {
            if (running.isPresent()) {
                write(now());
            }
            if (client.isEmpty()) {
                Failure nobody = new Failure(
                        ErrorCode.SERVER_UNREACHABLE, "No server is connected. Connect to one first.", 0, false);
                return new SyncReport(false, false, Duration.ZERO, Optional.of(nobody));
            }
            connected = client.get();
        }
        SyncStatus status = connected.status();
        boolean waiting = status.counts().pending() + status.counts().inFlight() > 0;
        if (!force && !waiting && status.lastExchangeMillis() > 0) {
            return new SyncReport(false, true, Duration.ZERO, Optional.empty());
        }
        Instant began = machine.clock().instant();
        SyncResult result = connected.syncNow(options.syncTimeout());
        contact(connected.status());
        Duration took = Duration.between(began, machine.clock().instant());
        return new SyncReport(true, result.level(), took, result.failure());
    }

    /**
     * Compares both sides record by record, after a sync. Where they differ the server's value stands; what was lost here is kept
     * in {@link #conflicts}.
     *
     * @return empty if no server is connected
     */
    public Optional<Verification> reconcile() throws InterruptedException {
        SyncReport report = sync(true);
        Optional<SyncClient> connected;
        synchronized (this) {
            connected = client;
        }
        return connected.isEmpty() || !report.ran()
                ? Optional.empty()
                : Optional.of(connected.get().verify(false, options.syncTimeout()));
    }

    /**
     * Tells a listener what the user sees, now and whenever it changes, at most once in {@link EarningsOptions#tellEvery}, and
     * the last value always.
     */
    public Conflated.Subscription onChange(Consumer<EarningsState> listener) {
        return states.subscribe(options.tellEvery(), listener);
    }

    /** The audit trail as far as it is here, latest first. */
    public List<AuditEntry> audit(int limit) {
        return store.collection(AuditEntry.class)
                .find(Query.all().orderByDescending("at").limit(limit))
                .records();
    }

    /** What waits for a person, or was decided by one, latest first. */
    public List<EarningsReview> reviews(int limit) {
        return store.collection(EarningsReview.class)
                .find(Query.all().orderByDescending("opened_at").limit(limit))
                .records();
    }

    /** Values of this device that lost against the server's, newest first. */
    public List<HistoryEntry> conflicts(int limit) {
        return store.review().history(Long.MAX_VALUE, limit);
    }

    /** Stores what is reckoned, and gives the file up. Mining goes on: time is counted from what is stored. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            alarm.cancel();
            goOffline();
            if (running.isPresent()) {
                write(now());
            }
            closed = true;
        }
        states.close();
        machine.close();
        store.close();
    }
}
