package io.holdfast.server.config;

import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.record.RecordState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what to the records of one collection. Immutable.
 *
 * @param roles for each kind of write that is ruled: those that may; a kind that is not ruled is open to all
 */
record CollectionRules(Map<Write, Set<Role>> roles) {

    /** What a change does to a record. */
    enum Write {
        /** Makes a record, or brings a deleted one back. */
        CREATE,
        /** Changes a record that is there. */
        UPDATE,
        /** Deletes a record. */
        DELETE;

        /** What a change does. */
        static Write of(Change change, RecordState before, RecordState after) {
            if (!change.edit().deleted().isNone()) {
                return DELETE;
            }
            return !before.live() && after.live() ? CREATE : UPDATE;
        }
    }

    /** Copies. */
    CollectionRules {
        Map<Write, Set<Role>> copy = new EnumMap<>(Write.class);
        roles.forEach((write, those) ->
                copy.put(write, those.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(those)));
        roles = Map.copyOf(copy);
    }

    /** Those that may do it; absent if all may. */
    Optional<Set<Role>> ruled(Write write) {
        return Optional.ofNullable(roles.get(write));
    }
}
