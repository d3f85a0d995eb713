package io.holdfast.earnings;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.Discrepancy.Kind;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a dishonest app writes into its own store, past the manager, and how the server answers. */
record Fraud(String name, Deed deed, ErrorCode code, Kind kind, String field) {

    /** A document in the place of clocks that says nothing of them. */
    static final JsonText NOTHING = new JsonText("{}");

    private static final String NEW = "new";

    /** Writes into the store of a user who has one honest session, which is over; says which record it is about. */
    interface Deed {
        RecordKey commit(Store store, MiningSession honest);
    }

    static final Gen<Fraud> ANY = Gens.pick(
            new Fraud(
                    "another user's claim",
                    changed(of -> copy(of, "bob", of.startedAt(), of.lastUpdate(), of.endedAt(), of.timedBy())),
                    ErrorCode.EARNINGS_USER,
                    Kind.USER_FOREIGN,
                    "user_id"),
            impossible(
                    "an earlier beginning",
                    changed(of -> timed(of, of.startedAt().minusSeconds(1), of.lastUpdate(), of.endedAt())),
                    "started_at"),
            impossible(
                    "an earlier end of the claim",
                    changed(of -> timed(of, of.startedAt(), of.lastUpdate().minusSeconds(1), of.endedAt())),
                    "last_update"),
            impossible(
                    "a new claim that ends before it begins",
                    added(of -> timed(of, of.startedAt(), of.startedAt().minusSeconds(1), Optional.empty())),
                    "last_update"),
            impossible(
                    "a new session that was over before it began",
                    added(of -> timed(
                            of,
                            of.startedAt(),
                            of.lastUpdate(),
                            Optional.of(of.startedAt().minusSeconds(1)))),
                    "ended_at"),
            impossible(
                    "another clock",
                    changed(of ->
                            copy(of, of.userId(), of.startedAt(), of.lastUpdate(), of.endedAt(), MiningSession.DEVICE)),
                    "timed_by"),
            unreadable(
                    "clocks of no known form",
                    changed(of -> of.updated(of.lastUpdate(), of.earned(), 1, new JsonText("{\"tick\":1}")))),
            unreadable(
                    "a new session with clocks that are nothing",
                    added(of -> of.updated(of.lastUpdate(), of.earned(), 1, NOTHING))),
            new Fraud(
                    "a session that goes on after its end",
                    changed(of -> timed(of, of.startedAt(), of.lastUpdate().plusSeconds(1), Optional.empty())),
                    ErrorCode.EARNINGS_SESSION,
                    Kind.REOPENED,
                    "ended_at"),
            reserved(
                    "a deletion",
                    (store, honest) -> {
                        store.collection(MiningSession.class).delete(honest.id());
                        return EarningsSchema.key(EarningsSchema.SESSIONS, honest.id());
                    },
                    ""),
            reserved(
                    "a balance",
                    (store, honest) -> {
                        Value much = new Value.Decimal(new BigDecimal("1000.00000000"));
                        store.collection("user_earnings")
                                .put("ann", Map.of("current_earnings", new FieldEdit.Assign(much)));
                        return EarningsSchema.key(EarningsSchema.USERS, "ann");
                    },
                    "current_earnings"),
            new Fraud(
                    "another user's balance",
                    (store, honest) -> {
                        UserEarnings ann =
                                store.collection(UserEarnings.class).get("ann").orElseThrow();
                        store.collection("user_earnings").put("bob", new TreeMap<>(EarningsSchema.USERS.edits(ann)));
                        return EarningsSchema.key(EarningsSchema.USERS, "bob");
                    },
                    ErrorCode.EARNINGS_USER,
                    Kind.USER_FOREIGN,
                    "id"),
            reserved(
                    "a settlement",
                    (store, honest) -> {
                        BigDecimal much = new BigDecimal("1000.00000000");
                        store.collection(MiningSettlement.class)
                                .put(new MiningSettlement("s", "ann", honest.startedAt(), much, much, much));
                        return EarningsSchema.key(EarningsSchema.SETTLEMENTS, "s");
                    },
                    ""),
            reserved(
                    "an audit row of the server",
                    (store, honest) -> {
                        store.collection(AuditEntry.class)
                                .put(new AuditEntry(
                                        "x",
                                        "ann",
                                        "claim",
                                        Optional.empty(),
                                        Optional.of(honest.earned()),
                                        honest.startedAt(),
                                        AuditEntry.SYNC,
                                        NOTHING));
                        return EarningsSchema.key(EarningsSchema.AUDIT, "x");
                    },
                    "source"));

    private static Fraud impossible(String name, Deed deed, String field) {
        return new Fraud(name, deed, ErrorCode.EARNINGS_TIME, Kind.TIME_BACKWARDS, field);
    }

    private static Fraud unreadable(String name, Deed deed) {
        return new Fraud(name, deed, ErrorCode.JSON_MALFORMED, Kind.CLOCK_UNREADABLE, "clock");
    }

    /** What the server alone may write. */
    private static Fraud reserved(String name, Deed deed, String field) {
        return new Fraud(name, deed, ErrorCode.RULE_REFUSED, Kind.SERVER_ONLY, field);
    }

    private static Deed changed(UnaryOperator<MiningSession> change) {
        return (store, honest) -> put(store, change.apply(honest));
    }

    private static Deed added(UnaryOperator<MiningSession> change) {
        return (store, honest) -> put(store, change.apply(honest).withId(NEW));
    }

    private static RecordKey put(Store store, MiningSession session) {
        store.collection(MiningSession.class).put(session);
        return EarningsSchema.key(EarningsSchema.SESSIONS, session.id());
    }

    /** The session with other times. */
    static MiningSession timed(MiningSession of, Instant started, Instant until, Optional<Instant> ended) {
        return copy(of, of.userId(), started, until, ended, of.timedBy());
    }

    private static MiningSession copy(
            MiningSession of, String user, Instant started, Instant until, Optional<Instant> ended, String timedBy) {
        return new MiningSession(
                of.id(),
                user,
                of.device(),
                started,
                until,
                ended,
                timedBy,
                of.rate(),
                of.earned(),
                of.calculations() + 1,
                of.clock());
    }

    @Override
    public String toString() {
        return name;
    }
}
