package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.change.Change;
import io.holdfast.core.document.RecordIds;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything a change must satisfy before it is applied: shape, clock, schema, and the rules of the collection. */
final class ServerRules {

    private final Schema schema;
    private final Validator validator;
    private final WriteRules writeRules;
    private final DecisionRules decisions;

    ServerRules(Schema schema, WriteRules writeRules, DecisionRules decisions) {
        this.schema = schema;
        this.validator = new Validator(schema);
        this.writeRules = writeRules;
        this.decisions = decisions;
    }

    CollectionSchema collection(RecordKey key) {
        return schema.collection(key.collection())
                .orElseThrow(() -> new IllegalStateException("an admitted change names a known collection"));
    }

    boolean knows(RecordKey key) {
        return schema.collection(key.collection()).isPresent();
    }

    /** Every record that deciding a change may look at or write. */
    List<RecordKey> touches(String scope, Change change) {
        List<RecordKey> touched = new ArrayList<>();
        touched.add(change.key());
        touched.addAll(reviews(change));
        touched.addAll(decisions.touches(scope, change));
        return touched;
    }

    /** The reviews that a change may ask for, or may have asked for before. */
    private List<RecordKey> reviews(Change change) {
        CollectionSchema collection = schema.collectionOrUnknown(change.key().collection());
        List<RecordKey> reviews = new ArrayList<>(0);
        change.edit().cells().forEach((field, cell) -> {
            if (collection.mergeRule(field) == MergeRule.REVIEW) {
                reviews.add(Reviews.key(change.key(), field, cell.stamp()));
            }
        });
        return reviews;
    }

    /** A change of a record that is dated in the future already is dated just after it. */
    private static final int AFTER_CURRENT_MILLIS = 1;

    /**
     * Refuses unknown names, bad ids, and stamps from the future; though if this clock was once set back, and the record has a stamp
     * from before, then a change of it can have no other.
     */
    Optional<ChangeResult.Refused> admit(Change change, RecordState current, long nowMillis) {
        Optional<CollectionSchema> collection = schema.collection(change.key().collection());
        if (collection.isEmpty()) {
            return refuse(
                    ErrorCode.COLLECTION_UNKNOWN,
                    "",
                    "There is no collection " + change.key().collection() + ".");
        }
        Optional<Violation> badId = RecordIds.check(change.key().id());
        if (badId.isPresent()) {
            return badId.map(ServerRules::refused);
        }
        if (change.edit().absent()) {
            return refuse(ErrorCode.BATCH_MALFORMED, "", "The change writes nothing.");
        }
        long latest =
                Math.max(nowMillis + Limits.DRIFT_MILLIS_MAX, current.newest().millis() + AFTER_CURRENT_MILLIS);
        if (change.edit().newest().millis() > latest) {
            return refuse(ErrorCode.CLOCK_AHEAD, "", "The change is dated in the future: correct the device's clock.");
        }
        for (String field : change.edit().cells().keySet()) {
            if (collection.get().field(field).isEmpty()) {
                return refuse(ErrorCode.FIELD_UNKNOWN, field, collection.get().name() + " has no field " + field + ".");
            }
        }
        return Optional.empty();
    }

    /** Refuses a change that would make a record the schema or the rules do not allow. */
    Optional<ChangeResult.Refused> check(Principal principal, Change change, RecordState before, RecordState after) {
        if (after.live()) {
            List<Violation> violations =
                    violations(change.key(), after, change.edit().cells().keySet());
            if (!violations.isEmpty()) {
                return Optional.of(refused(violations));
            }
        }
        return writeRules.check(principal, change, before, after);
    }

    private List<Violation> violations(RecordKey key, RecordState state, Set<String> touched) {
        return validator.validate(key.collection(), state.values(), touched);
    }

    /** What the server writes itself must fit the schema as well: devices could not take it in. */
    void requireSound(ServerWrite write, RecordState after) {
        List<Violation> violations =
                violations(write.key(), after, write.values().keySet());
        if (!violations.isEmpty()) {
            throw new IllegalStateException("a decision wrote " + write.key() + ": "
                    + violations.getFirst().sentence());
        }
    }

    /** Refuses a change by what the application knows. */
    Optional<DecisionRules.Refusal> refuses(Situation situation) {
        return changed(situation) ? decisions.refuses(situation) : Optional.empty();
    }

    /** What follows from an edit that was applied. */
    List<ServerWrite> follow(Situation situation) {
        return situation.change().kind() == Change.Kind.EDIT && changed(situation)
                ? decisions.follow(situation)
                : List.of();
    }

    /** What follows from a row that another program wrote. */
    List<ServerWrite> followForeign(Situation situation) {
        return decisions.followForeign(situation);
    }

    /** What the schema says against a record that another program wrote. */
    Optional<Violation> unsound(RecordKey key, RecordState after, Set<String> touched) {
        return after.live() ? violations(key, after, touched).stream().findFirst() : Optional.empty();
    }

    /** A change that changes nothing is a repetition: it was decided when it came first. */
    private static boolean changed(Situation situation) {
        return !situation.before().equals(situation.after());
    }

    private static ChangeResult.Refused refused(List<Violation> violations) {
        Violation first = violations.getFirst();
        String all = violations.stream()
                .map(Violation::sentence)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return new ChangeResult.Refused(first.code(), first.field(), all);
    }

    private static ChangeResult.Refused refused(Violation violation) {
        return refused(List.of(violation));
    }

    private static Optional<ChangeResult.Refused> refuse(ErrorCode code, String field, String message) {
        return Optional.of(new ChangeResult.Refused(code, field, message));
    }
}
