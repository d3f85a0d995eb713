package io.holdfast.core.exchange;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.SystemCollections;
import java.util.Optional;

/** What a principal may write, beyond what the schema demands. Pure: it may be asked several times. */
@FunctionalInterface
public interface WriteRules {

    /**
     * The schema alone decides, except that only people's roles decide reviews. A review that the server has lost may come
     * back from any device.
     */
    WriteRules OPEN = (principal, change, before, after) -> {
        boolean decides = principal.role() == Role.OPERATOR || principal.role() == Role.ADMIN;
        boolean lost = change.kind() == Change.Kind.OFFER && before.absent();
        if (change.key().collection().equals(SystemCollections.REVIEWS) && !decides && !lost) {
            return Optional.of(new ChangeResult.Refused(
                    ErrorCode.RULE_REFUSED, "", "Reviews are decided by operators: ask one to decide it."));
        }
        return Optional.empty();
    };

    /**
     * Refuses a change, or lets it pass.
     *
     * @param before the record now; absent if there is none
     * @param after the record as it would become
     */
    Optional<ChangeResult.Refused> check(Principal principal, Change change, RecordState before, RecordState after);

    /** These rules and others: both must let a change pass. */
    default WriteRules and(WriteRules other) {
        return (principal, change, before, after) ->
                check(principal, change, before, after).or(() -> other.check(principal, change, before, after));
    }
}
