package io.holdfast.earnings;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.client.SyncStatus;
import io.holdfast.client.Verification;
import io.holdfast.client.status.Conflated;
import io.holdfast.client.system.Machine;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.operations.Kpis;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.earnings.record.Times;
import io.holdfast.store.Store;
import io.holdfast.store.query.Query;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(EarningsManager.class);
    private static final int FINDINGS_MAX = 100;

    private final Store store;
    private final EarningsOptions options;
    private final Machine machine;
    private final String user;
    private final Conflated<EarningsState> states;
    private final Notices notices;
    private final DeviceOperations operations;

    // What follows is guarded by this object's lock.
    private final DeviceBooks books;
    private final DeviceTime time;
    private final Mining mining;
    private final Connection connection;
    private final Sight sight;
    private final Upkeep upkeep;
    private Machine.Alarm alarm = () -> {};
    private boolean closed;

    private EarningsManager(Store store, String user, EarningsOptions options, DeviceOperations operations) {
        this.store = store;
        this.operations = operations;
        this.user = user;
        this.options = options;
        machine = options.machine().get();
        states = new Conflated<>(this::state, machine);
        notices = new Notices(machine);
        books = new DeviceBooks(store, user);
        time = new DeviceTime(options.clock(), this::jumped);
        mining = new Mining(books, time);
        connection = new Connection(store, time, mining);
        sight = new Sight(store, books, time, mining);
        upkeep = new Upkeep(store, books, options.keeping(), notices);
    }

    /**
     * Opens a user's file, or makes it. A session that ran when it was closed, or when the device lost its power, still runs.
     *
     * @throws HoldfastException STORE_DAMAGED or EARNINGS_STATE if what is stored is damaged, see {@link EarningsRecovery};
     *     STORE_OTHER_SCOPE if the file is another user's, STORE_IN_USE, STORE_NOT_A_STORE; RECORD_ID (a {@link io.holdfast.core.schema.RecordRefusedException}) if the user's id cannot be one
     */
    public static EarningsManager open(Path file, String user, EarningsOptions options) {
        String scope = Scopes.of(user);
        DeviceOperations operations =
                new DeviceOperations(file, user, options.store().clock());
        Store store = opened(file, scope, options, operations);
        EarningsManager manager = new EarningsManager(store, user, options, operations);
        try {
            operations.logged(store, () -> {
                manager.resume();
                return manager;
            });
            return manager;
        } catch (RuntimeException | Error failed) {
            manager.close();
            throw failed;
        }
    }

    private static Store opened(Path file, String scope, EarningsOptions options, DeviceOperations operations) {
        try {
            return Store.open(file, EarningsSchema.SCHEMA, scope, options.store());
        } catch (HoldfastException failed) {
            operations.unopened(failed);
            throw failed;
        }
    }

    private synchronized void resume() {
        StateCheck.Findings senseless = StateCheck.findings(store, user);
        if (!senseless.here().isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.EARNINGS_STATE,
                    "Your stored earnings contradict themselves ("
                            + senseless.here().getFirst()
                            + "). Restore them from the server or from a backup.");
        }
        senseless.notice().ifPresent(notices::tell);
        mining.resume();
        if (mining.runs()) {
            reckon();
            arm();
        }
    }

    private void jumped(Anchor.Moved moved) {
        mining.jumped(moved);
    }

    /**
     * Makes the user known, if he is not. The server decides his rate; until it has, this one is reckoned with.
     *
     * @param baseRate coins an hour
     * @throws io.holdfast.core.schema.RecordRefusedException FIELD_RANGE, FIELD_PRECISION
     */
    public synchronized EarningsState initialize(BigDecimal baseRate) {
        Coins rate = Coins.of("base_earning_rate", baseRate);
        return operations.logged(store, () -> {
            if (books.user().isEmpty()) {
                books.begin(rate, Times.instant(time.now().micros()));
                states.changed();
            }
            return state();
        });
    }

    /**
     * Begins to mine.
     *
     * @throws HoldfastException EARNINGS_SESSION if a session runs on this device; NOT_FOUND if the user was not initialized
     */
    public synchronized EarningsState start() {
        return operations.logged(store, () -> {
            mining.start(mining.known());
            arm();
            states.changed();
            return state();
        });
    }

    /**
     * Reckons how much has been earned, and stores it if what is stored has grown old. Call it as often as you like: what is
     * not stored yet is a function of what is.
     */
    public synchronized EarningsState update() {
        return operations.logged(store, () -> {
            reckon();
            return state();
        });
    }

    /** Away from the server nothing is gained by storing often: what is not stored follows from what is. */
    private void reckon() {
        if (mining.runs()) {
            mining.reckon(connection.there() ? options.storeEvery() : options.storeEveryOffline());
            states.changed();
        }
    }

    /**
     * Ends mining. Ends the user's sessions on his other devices too, as far as they are known here.
     *
     * @throws HoldfastException EARNINGS_SESSION if none runs
     */
    public synchronized EarningsState stop() {
        return operations.logged(store, () -> {
            mining.stop(mining.known());
            alarm.cancel();
            states.changed();
            return state();
        });
    }

    /** What the user sees. */
    public synchronized EarningsState state() {
        return sight.state(connection.failing());
    }

    private void arm() {
        alarm.cancel();
        alarm = machine.after(options.storeEvery(), () -> {
            synchronized (this) {
                if (!closed && mining.runs()) {
                    watched(this::reckon);
                    watched(this::keepRoom);
                    arm();
                }
            }
        });
    }

    private void keepRoom() {
        if (time.known()) {
            upkeep.look(Times.instant(time.last().micros()));
        }
    }

    /** What is done without anybody waiting for it tells of damage that it meets. */
    private void watched(Runnable step) {
        try {
            step.run();
        } catch (HoldfastException failed) {
            operations.failed(store, failed);
            if (failed.code() == ErrorCode.STORE_DAMAGED) {
                notices.tell(EarningsRecovery.file(failed));
            }
            LOG.atWarn().addKeyValue("code", failed.code()).log("earnings were not stored; it is tried again");
        }
    }

    /** The store under it, for what every store can: settings, review, history. Records are written through this class alone. */
    public Store store() {
        return store;
    }

    /** Keeps level with a server from now on, in the background; goes over to this one if another was connected. */
    public void connect(ClientOptions server) {
        ClientOptions guarded = server.withGuard(new OwnRecords(user));
        connect(connectorMachine -> SyncClient.connect(store, guarded, connectorMachine));
    }

    /** As {@link #connect(ClientOptions)}, by a client of one's own making. */
    synchronized void connect(Function<Machine, SyncClient> connector) {
        goOffline();
        SyncClient connected = connector.apply(options.machine().get());
        connection.open(connected);
        connected.onSent(sent -> operations.sent(store, sent));
        connected.onStatus(Duration.ZERO, this::contact);
    }

    /** Talks to no server any more. Mining goes on, and what it earns waits. */
    public synchronized void goOffline() {
        connection.close();
        states.changed();
    }

    private synchronized void contact(SyncStatus status) {
        if (!closed) {
            watched(() -> connection.heard(status));
            // An app that never runs for long would store nothing by its alarm.
            watched(this::reckon);
            watched(this::keepRoom);
            lookAtGaps(status.evidence().openGaps());
            states.changed();
        }
    }

    /** A proof, made by the client in its own time, may have found rows that are not what was stored. */
    private void lookAtGaps(long open) {
        if (open == 0) {
            return;
        }
        List<String> findings = store.review().gaps(true, Long.MAX_VALUE, FINDINGS_MAX).stream()
                .map(gap -> gap.key() + ": " + gap.kind())
                .toList();
        if (!findings.isEmpty()) {
            notices.tell(EarningsRecovery.rows(findings));
        }
    }

    /**
     * Looks at every page of the file, every row against its digest, and whether the records make sense together. Takes as long as
     * reading the file; everything else goes on.
     *
     * @return what is wrong, which listeners are told too; empty if nothing is
     */
    public Optional<Notice> inspect() {
        Optional<Notice> damage = inspected();
        damage.ifPresentOrElse(notices::tell, notices::settled);
        return damage;
    }

    private Optional<Notice> inspected() {
        try {
            store.checkFile();
            return EarningsRecovery.look(store, user);
        } catch (HoldfastException failed) {
            if (failed.code() != ErrorCode.STORE_DAMAGED) {
                throw failed;
            }
            return Optional.of(EarningsRecovery.file(failed));
        }
    }

    /** Tells a listener what the user should know of the stored earnings: damage, and a limit that is reached. */
    public Store.Subscription onNotice(Consumer<Notice> listener) {
        return notices.subscribe(listener);
    }

    /**
     * Sends what waits and fetches what is new.
     *
     * @param force whether to do so although nothing is due
     */
    public SyncReport sync(boolean force) throws InterruptedException {
        SyncClient connected;
        synchronized (this) {
            operations.logged(store, () -> {
                mining.write();
                return true;
            });
            if (connection.client().isEmpty()) {
                Failure nobody = new Failure(
                        ErrorCode.SERVER_UNREACHABLE, "No server is connected. Connect to one first.", 0, false);
                return new SyncReport(false, false, Duration.ZERO, Optional.of(nobody));
            }
            connected = connection.client().get();
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
            connected = connection.client();
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

    /** Key figures of the last time, from the log of operations alone. */
    public Kpis kpis(Duration period) {
        return operations.kpis(period);
    }

    /** The log of operations as far back as it is kept: every message to the server, every error of the system; the oldest first. */
    public List<LogEntry> operations() {
        return operations.entries();
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
            mining.write();
            closed = true;
        }
        states.close();
        machine.close();
        store.close();
    }
}
