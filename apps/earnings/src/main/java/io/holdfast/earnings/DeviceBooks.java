package io.holdfast.earnings;

import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockJump;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import io.holdfast.store.Transaction;
import io.holdfast.store.TypedRecords;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one device writes of one user: his record when he is new, his sessions, and the audit rows that go with them, each in the
 * transaction of what it tells. For one thread at a time.
 */
final class DeviceBooks {

    private static final int SESSIONS_MAX = 1_000;

    private final Store store;
    private final String user;
    private final OwnDevices devices;
    private final TypedRecords<UserEarnings> users;
    private final TypedRecords<MiningSession> sessions;
    private final TypedRecords<MiningSettlement> settlements;
    private final TypedRecords<AuditEntry> audit;
    /** The id of the audit row that further calculations continue until it is sent. */
    private Optional<String> open = Optional.empty();

    DeviceBooks(Store store, String user) {
        this.store = store;
        this.user = user;
        devices = new OwnDevices(store);
        users = store.collection(UserEarnings.class);
        sessions = store.collection(MiningSession.class);
        settlements = store.collection(MiningSettlement.class);
        audit = store.collection(AuditEntry.class);
    }

    /** What an audit row says beside who and when. */
    private record Row(String operation, Optional<BigDecimal> before, BigDecimal after, JsonText more) {}

    Optional<UserEarnings> user() {
        return users.get(user);
    }

    Optional<MiningSession> session(String id) {
        return sessions.get(id);
    }

    /** What the server made of a session so far. */
    Optional<MiningSettlement> settlement(String session) {
        return settlements.get(session);
    }

    /** Whether the server has not seen a session as it stands here. */
    boolean unsent(String session) {
        RecordKey key = new RecordKey(EarningsSchema.SESSIONS.collection().name(), session);
        return !store.storage()
                .<LocalRecord>read(transaction -> transaction.record(key))
                .clean();
    }

    /** This store's id at the server. */
    String device() {
        return store.device().identity().replica();
    }

    /** Whether a session was begun on this device, under whatever name. */
    boolean own(MiningSession session) {
        return devices.names().contains(session.device());
    }

    /** Keeps this device's name in mind, before the server may give it another. */
    void rememberDevice() {
        devices.remember();
    }

    /** Takes a session over that this machine began before its store was lost. */
    MiningSession adopt(MiningSession session) {
        devices.add(session.device());
        return session;
    }

    /** The sessions that time may still be settled for, the first begun first. */
    List<MiningSession> sessions(Instant since) {
        return find(Query.all().where(Condition.ge("last_update", since)).orderBy("started_at"));
    }

    /** The session that was begun last on this device, running or over. */
    Optional<MiningSession> latest() {
        Query own = Query.all().where(Condition.in("device", devices.names())).orderByDescending("started_at");
        return find(own.limit(1)).stream().findFirst();
    }

    /** Sessions that ended before a moment, the earliest first. */
    List<MiningSession> ended(Instant before, int limit) {
        return find(Query.all()
                .where(Condition.lt("last_update", before))
                .where(Condition.lt("ended_at", before))
                .orderBy("started_at")
                .limit(limit));
    }

    /** The sessions that run, on whatever device. */
    List<MiningSession> running() {
        return find(Query.all().where(Condition.isNull("ended_at")).orderByDescending("started_at"));
    }

    private List<MiningSession> find(Query query) {
        return sessions.find(query.limit(Math.min(query.limit(), SESSIONS_MAX))).records();
    }

    /** Makes the user's record, for the server to complete. */
    void begin(Coins baseRate, Instant now) {
        BigDecimal nothing = Coins.ZERO.number();
        UserEarnings fresh = new UserEarnings(
                user,
                user,
                nothing,
                baseRate.number(),
                baseRate.number(),
                nothing,
                nothing,
                now,
                now,
                now,
                now,
                UserEarnings.PENDING,
                Optional.empty(),
                0,
                Optional.empty());
        JsonText rate = new JsonText("{\"rate\":\"" + baseRate + "\"}");
        store.transaction(transaction -> {
            put(transaction, EarningsSchema.USERS, fresh);
            return audit(transaction, new Row("initialize", Optional.empty(), nothing, rate), now);
        });
    }

    /** Begins a session. */
    MiningSession start(Anchor anchor, Coins rate) {
        Instant now = Times.instant(anchor.micros());
        MiningSession wanted = new MiningSession(
                "",
                user,
                device(),
                now,
                now,
                Optional.empty(),
                anchor.basis() == Anchor.Basis.DEVICE ? MiningSession.DEVICE : MiningSession.SERVER,
                rate.number(),
                Coins.ZERO.number(),
                0,
                AnchorJson.write(anchor));
        open = Optional.empty();
        return store.transaction(transaction -> {
            String id = transaction
                    .collection(EarningsSchema.SESSIONS.collection().name())
                    .add(EarningsSchema.SESSIONS.edits(wanted))
                    .id();
            MiningSession session = wanted.withId(id);
            audit(transaction, new Row("start", Optional.empty(), session.earned(), describe(session)), now);
            return session;
        });
    }

    /**
     * Stores how far a session has come, with one audit row. As long as the row before it was not sent, it is continued: a burst of
     * updates costs one claim.
     *
     * @param reckoned how many calculations this stands for
     */
    MiningSession reckoned(MiningSession session, Anchor anchor, Rates rates, long reckoned) {
        MiningSession next = priced(grown(session, anchor, reckoned), rates);
        Optional<AuditEntry> continued = continued();
        Optional<BigDecimal> before =
                continued.isPresent() ? continued.get().oldValue() : Optional.of(session.earned());
        Row row = new Row("reckon", before, next.earned(), describe(next));
        open = store.transaction(transaction -> {
            put(transaction, EarningsSchema.SESSIONS, next);
            return Optional.of(
                    continued.isPresent()
                            ? again(transaction, continued.get(), row, next.lastUpdate())
                            : audit(transaction, row, next.lastUpdate()));
        });
        return next;
    }

    /** Claims again what was claimed before. */
    void again(MiningSession session) {
        MiningSession next = session.updated(session.lastUpdate(), session.earned(), 1, session.clock());
        Row row = new Row("reclaim", Optional.of(session.earned()), next.earned(), describe(next));
        open = Optional.empty();
        store.transaction(transaction -> {
            put(transaction, EarningsSchema.SESSIONS, next);
            return audit(transaction, row, session.lastUpdate());
        });
    }

    /**
     * Ends a session, whoever's it is: not before its begin, nor before what the server has paid already. That moment has come, even
     * if this device's estimate of the time has been taken back by some milliseconds since.
     */
    MiningSession ended(MiningSession session, Anchor anchor, Rates rates) {
        Instant paid =
                settlement(session.id()).map(MiningSettlement::settledUntil).orElse(session.startedAt());
        Instant end = latest(Times.instant(anchor.micros()), latest(session.startedAt(), paid));
        MiningSession next = own(session) ? priced(grown(session, anchor, 1).ended(end), rates) : session.ended(end);
        Row row = new Row("stop", Optional.of(session.earned()), next.earned(), describe(next));
        open = Optional.empty();
        store.transaction(transaction -> {
            put(transaction, EarningsSchema.SESSIONS, next);
            return audit(transaction, row, end);
        });
        return next;
    }

    /** The session up to now, not priced yet; time that was told stays told, even if the clock proves to have been ahead. */
    private static MiningSession grown(MiningSession session, Anchor anchor, long reckoned) {
        Instant until = latest(Times.instant(anchor.micros()), session.lastUpdate());
        return session.updated(until, session.earned(), reckoned, AnchorJson.write(anchor));
    }

    /** The session with what it comes to up to where it reaches: above that, the server would ask for the reason. */
    private static MiningSession priced(MiningSession session, Rates rates) {
        Accrued accrued = rates.over(new Span(Times.micros(session.startedAt()), Foresight.reached(session)));
        Coins earned = accrued.fits() ? accrued.coins() : new Coins(Coins.UNITS_MAX);
        return session.updated(session.lastUpdate(), earned.number(), 0, session.clock());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Times told by this device's clock, told again by the server's. */
    void retime(List<MiningSession> sessions, Duration ahead, Instant now) {
        open = Optional.empty();
        store.transaction(transaction -> {
            for (MiningSession session : sessions) {
                MiningSession told = session.timedByServer(ahead);
                put(transaction, EarningsSchema.SESSIONS, told);
                audit(
                        transaction,
                        new Row("retime", Optional.of(session.earned()), told.earned(), describe(told)),
                        now);
            }
            return sessions.size();
        });
    }

    /** Records clocks that contradict each other, with both readings. */
    void jumped(ClockJump jump, BigDecimal earned, Instant now) {
        JsonText both = new JsonText("{\"kind\":\"" + jump.kind() + "\",\"before\":"
                + AnchorJson.write(jump.before()).json() + ",\"after\":"
                + AnchorJson.write(jump.after()).json() + ",\"wall_micros\":" + jump.wallMicros()
                + ",\"counted_micros\":" + jump.countedMicros() + "}");
        open = Optional.empty();
        store.transaction(transaction -> audit(transaction, new Row("clock", Optional.of(earned), earned, both), now));
    }

    private static JsonText describe(MiningSession session) {
        return new JsonText("{\"session\":\"" + session.id() + "\",\"until\":\"" + session.lastUpdate()
                + "\",\"timed_by\":\"" + session.timedBy() + "\",\"calculations\":" + session.calculations() + "}");
    }

    /** The last row, if nobody has been sent it yet. */
    private Optional<AuditEntry> continued() {
        return open.filter(id -> store.review()
                        .record(EarningsSchema.key(EarningsSchema.AUDIT, id))
                        .layer(Layer.State.PENDING)
                        .isPresent())
                .flatMap(audit::get);
    }

    private String audit(Transaction transaction, Row row, Instant now) {
        return transaction
                .collection(EarningsSchema.AUDIT.collection().name())
                .add(EarningsSchema.AUDIT.edits(entry("", row, now)))
                .id();
    }

    private String again(Transaction transaction, AuditEntry continued, Row row, Instant now) {
        put(transaction, EarningsSchema.AUDIT, entry(continued.id(), row, now));
        return continued.id();
    }

    private static <T extends Record> void put(Transaction transaction, RecordBinding<T> binding, T record) {
        transaction.collection(binding.collection().name()).put(binding.id(record), binding.edits(record));
    }

    private AuditEntry entry(String id, Row row, Instant now) {
        return new AuditEntry(
                id, user, row.operation(), row.before(), Optional.of(row.after()), now, AuditEntry.LOCAL, row.more());
    }
}
