package io.holdfast.core.change;

import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.SortedMap;

/**
 * One change as it travels: what a replica wrote to one record, and what it had seen when it did.
 *
 * @param key the record
 * @param edit only the cells that were written, and the deletion if it was deleted
 * @param base the server's sequence of the record that the edit started from; 0 if the server had none
 * @param baseStamps for each written field that the server decides about: the stamp the writer had seen, absent for none
 * @param group changes of one local transaction share a group and apply together; 0 for a change of its own
 * @param kind what the server shall take it for
 */
public record Change(
        RecordKey key, RecordState edit, long base, SortedMap<String, Stamp> baseStamps, long group, Kind kind) {

    /** What the server shall take a change for. */
    public enum Kind {
        /** A person or program wrote it on this device. */
        EDIT,
        /** A confirmed record that the server has lost: merged, never decided upon. */
        OFFER
    }

    /** Copies. */
    public Change {
        baseStamps = FieldMap.copyOf(baseStamps);
    }
}
