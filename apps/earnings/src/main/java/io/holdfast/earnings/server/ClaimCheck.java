package io.holdfast.earnings.server;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a device may write what it wants to write; what it may not is told with the field, the value and what to do. */
final class ClaimCheck {

    private final Situation situation;
    private final Change change;

    ClaimCheck(Situation situation) {
        this.situation = situation;
        this.change = situation.change();
    }

    /** Why a change is refused. */
    private record Fault(ErrorCode code, Discrepancy.Kind kind, String field, String value, String advice) {}

    Optional<DecisionRules.Refusal> refusal() {
        return fault().map(this::refused);
    }

    private Optional<Fault> fault() {
        String collection = change.key().collection();
        if (change.kind() == Change.Kind.OFFER) {
            return offered(collection);
        }
        if (!change.edit().deleted().isNone()) {
            return Optional.of(serverOnly("", "a deletion"));
        }
        if (collection.equals(EarningsSchema.SESSIONS.collection().name())) {
            return session();
        }
        if (collection.equals(EarningsSchema.USERS.collection().name())) {
            return user();
        }
        return collection.equals(EarningsSchema.AUDIT.collection().name())
                ? audit()
                : Optional.of(serverOnly("", "a change"));
    }

    /** What this server, before it was restored, had decided may come back; nothing else may come this way. */
    private Optional<Fault> offered(String collection) {
        boolean session = collection.equals(EarningsSchema.SESSIONS.collection().name());
        boolean own = session
                || (collection.equals(EarningsSchema.AUDIT.collection().name())
                        && situation.after().value("source").equals(new Value.Text(AuditEntry.LOCAL)));
        if (!own && !situation.asker().restored()) {
            return Optional.of(serverOnly("", "an offer"));
        }
        Optional<Fault> foreign = foreign(situation.after());
        return foreign.isEmpty() && session ? clock() : foreign;
    }

    private Optional<Fault> user() {
        if (!situation.before().absent()) {
            String field = change.edit().cells().firstKey();
            return Optional.of(serverOnly(field, shown(situation.after(), field)));
        }
        boolean own = change.key().id().equals(situation.asker().scope());
        return own
                ? foreign(situation.after())
                : Optional.of(userForeign("id", change.key().id()));
    }

    private Optional<Fault> audit() {
        boolean local = isLocal(situation.after()) && (situation.before().absent() || isLocal(situation.before()));
        return local
                ? foreign(situation.after())
                : Optional.of(serverOnly("source", shown(situation.after(), "source")));
    }

    private static boolean isLocal(RecordState entry) {
        return entry.value("source").equals(new Value.Text(AuditEntry.LOCAL));
    }

    private Optional<Fault> session() {
        Optional<Fault> unfit = foreign(situation.after()).or(this::clock);
        if (unfit.isPresent()) {
            return unfit;
        }
        MiningSession after = session(situation.after());
        if (after.lastUpdate().isBefore(after.startedAt())) {
            return backwards("last_update", after.lastUpdate(), "It must not be before started_at.");
        }
        if (after.endedAt().isPresent() && after.endedAt().get().isBefore(after.startedAt())) {
            return backwards("ended_at", after.endedAt().get(), "It must not be before started_at.");
        }
        return situation.before().absent() ? Optional.empty() : succession(session(situation.before()), after);
    }

    /** The user's other devices get this claim too, and one day it may be the only trace of this device's clocks. */
    private Optional<Fault> clock() {
        JsonText clock = session(situation.after()).clock();
        boolean untouched = !situation.before().absent()
                && session(situation.before()).clock().equals(clock);
        return untouched || AnchorJson.readable(clock)
                ? Optional.empty()
                : Optional.of(new Fault(
                        ErrorCode.JSON_MALFORMED,
                        Discrepancy.Kind.CLOCK_UNREADABLE,
                        "clock",
                        Violation.shortened(clock.json()),
                        "Write how the device's clocks stood at last_update."));
    }

    /** What a claim may say after what it has said before. Times by a device's own clock may still be corrected. */
    private Optional<Fault> succession(MiningSession before, MiningSession after) {
        if (before.timedBy().equals(MiningSession.DEVICE)) {
            return Optional.empty();
        }
        if (after.timedBy().equals(MiningSession.DEVICE)) {
            return backwards("timed_by", after.timedBy(), "Times by the server's clock are not told by another again.");
        }
        if (!after.startedAt().equals(before.startedAt())) {
            return backwards("started_at", after.startedAt(), "A session's beginning does not move.");
        }
        if (after.lastUpdate().isBefore(before.lastUpdate())) {
            return backwards("last_update", after.lastUpdate(), "It must not be before " + before.lastUpdate() + ".");
        }
        boolean reopened = before.endedAt().isPresent()
                && (after.endedAt().isEmpty()
                        || after.endedAt().get().isAfter(before.endedAt().get()));
        return reopened
                ? Optional.of(new Fault(
                        ErrorCode.EARNINGS_SESSION,
                        Discrepancy.Kind.REOPENED,
                        "ended_at",
                        after.endedAt().map(Object::toString).orElse("nothing"),
                        "The session ended at " + before.endedAt().get() + ": start a new one."))
                : Optional.empty();
    }

    private MiningSession session(RecordState state) {
        return EarningsSchema.SESSIONS.read(change.key().id(), state::value);
    }

    private Optional<Fault> foreign(RecordState state) {
        boolean own =
                state.value("user_id").equals(new Value.Text(situation.asker().scope()));
        return own ? Optional.empty() : Optional.of(userForeign("user_id", shown(state, "user_id")));
    }

    private static Fault userForeign(String field, String value) {
        return new Fault(
                ErrorCode.EARNINGS_USER,
                Discrepancy.Kind.USER_FOREIGN,
                field,
                value,
                "Claim for the user whose records these are.");
    }

    private static Optional<Fault> backwards(String field, Object value, String advice) {
        return Optional.of(
                new Fault(ErrorCode.EARNINGS_TIME, Discrepancy.Kind.TIME_BACKWARDS, field, value.toString(), advice));
    }

    private static Fault serverOnly(String field, String value) {
        return new Fault(
                ErrorCode.RULE_REFUSED,
                Discrepancy.Kind.SERVER_ONLY,
                field,
                value,
                "Only the server decides about this: claim time in a session.");
    }

    private static String shown(RecordState state, String field) {
        return state.value(field) instanceof Value.Text text
                ? text.text()
                : state.value(field).toString();
    }

    private DecisionRules.Refusal refused(Fault fault) {
        String where = fault.field().isEmpty() ? "" : fault.field() + ": ";
        String sentence = where + fault.code().cause() + " Found " + fault.value() + ". " + fault.advice();
        List<ServerWrite> notes = new ArrayList<>();
        notes.add(Notes.refused(situation, fault.kind(), fault.field(), fault.value()));
        UserBooks.failed(situation).ifPresent(notes::add);
        return new DecisionRules.Refusal(new ChangeResult.Refused(fault.code(), fault.field(), sentence), notes);
    }
}
