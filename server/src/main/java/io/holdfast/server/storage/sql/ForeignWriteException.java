package io.holdfast.server.storage.sql;

import io.holdfast.core.record.RecordKey;
import java.util.Set;

/** Other programs wrote rows that the transaction was about to replace: it is undone, and repeated with these writes in view. */
public final class ForeignWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<RecordKey> keys;

    /** @param keys the records */
    public ForeignWriteException(Set<RecordKey> keys) {
        super("other programs wrote to " + keys.size() + " of the records", null, false, false);
        this.keys = Set.copyOf(keys);
    }

    /** The records. */
    public Set<RecordKey> keys() {
        return keys;
    }
}
