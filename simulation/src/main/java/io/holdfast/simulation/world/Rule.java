package io.holdfast.simulation.world;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordState;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of the server that can be told in a file: enough for what most applications ask. Others are written in Java, see
 * {@link Subject#withRules}. What a device offers again after the server lost it passes.
 *
 * @param collection whose records it is about
 * @param field which field it is about; empty for the whole record
 */
public record Rule(Kind kind, String collection, Optional<String> field) implements WriteRules {

    /** What a rule demands. */
    public enum Kind {
        /** Devices do not write it. */
        READ_ONLY,
        /** Once it has a value, it keeps that value. */
        WRITE_ONCE,
        /** Records are not deleted. */
        NO_DELETE
    }

    @Override
    public Optional<ChangeResult.Refused> check(
            Principal principal, Change change, RecordState before, RecordState after) {
        boolean concerned =
                change.kind() == Change.Kind.EDIT && change.key().collection().equals(collection);
        return concerned && broken(change, before, after)
                ? Optional.of(new ChangeResult.Refused(
                        ErrorCode.RULE_REFUSED, field.orElse(""), "The rule " + kind + " refuses it."))
                : Optional.empty();
    }

    private boolean broken(Change change, RecordState before, RecordState after) {
        Set<String> written = change.edit().cells().keySet();
        return switch (kind) {
            case READ_ONLY -> field.map(written::contains).orElse(true);
            case WRITE_ONCE ->
                field.map(name -> changes(name, before, after))
                        .orElseGet(() -> written.stream().anyMatch(name -> changes(name, before, after)));
            case NO_DELETE -> after.tombstone() && !before.tombstone();
        };
    }

    private static boolean changes(String name, RecordState before, RecordState after) {
        return !before.value(name).isNull() && !before.value(name).equals(after.value(name));
    }
}
