package io.holdfast.store.sqlite;

import io.holdfast.core.schema.Schema;
import java.util.Optional;

/**
 * What the opener of a store knows.
 *
 * @param schema the schema to open it with; empty for the one it has
 * @param scope whose records it must hold; empty for whosever it does
 * @param replica the replica id, if a new store is made
 * @param incarnation 64 fresh random bits
 */
public record Opening(Optional<Schema> schema, Optional<String> scope, String replica, long incarnation) {

    /** Opens a store that is there already, as it is. */
    public static Opening asItIs(long incarnation) {
        return new Opening(Optional.empty(), Optional.empty(), "", incarnation);
    }
}
