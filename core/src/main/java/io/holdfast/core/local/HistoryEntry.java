package io.holdfast.core.local;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/**
 * Something a reader of the store would otherwise never see again: cells that lost, or a change that was given up.
 *
 * @param id unique within the store, grows
 * @param lost the cells that do not stand (local ones)
 * @param stands the record that stands instead, as the server gave it
 * @param sequence the server's sequence of {@code stands}
 * @param atMillis when this device learnt of it, milliseconds since 1970 of the local clock
 * @param resolution empty while a person may still decide; else who decided what, and why
 */
public record HistoryEntry(
        long id,
        Kind kind,
        RecordKey key,
        RecordState lost,
        RecordState stands,
        long sequence,
        long atMillis,
        String resolution) {

    /** How the cells came to lose. */
    public enum Kind {
        /** The server decided for another value. */
        CONFLICT,
        /** A person discarded a quarantined change. */
        DISCARDED,
        /** A confirmed row was found damaged and replaced by the server's. */
        REPAIRED
    }
}
