package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import java.util.List;

/**
 * What the server shall write by its own hand, all in one append.
 *
 * @param writes in this order; nothing is appended if none changes anything
 * @param deletes records to delete after that; of one that was never there a tombstone stays
 * @param answer for whoever asked, once everything is durable
 */
public record ServerWork<T>(List<ServerWrite> writes, List<RecordKey> deletes, T answer) {

    /** Copies. */
    public ServerWork {
        writes = List.copyOf(writes);
        deletes = List.copyOf(deletes);
    }

    /** Deletes nothing. */
    public ServerWork(List<ServerWrite> writes, T answer) {
        this(writes, List.of(), answer);
    }
}
