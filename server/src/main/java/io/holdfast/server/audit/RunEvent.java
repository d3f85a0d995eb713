package io.holdfast.server.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that happened in a run as a whole.
 *
 * @param entry grows within the run
 * @param who a person's name, or {@link io.holdfast.core.audit.AuditEntry#HOLDFAST}
 * @param detail what there is to know of it, by name, in the order of the names
 */
public record RunEvent(long entry, Instant at, Kind kind, String who, Map<String, String> detail) {

    /** What happened. */
    public enum Kind {
        /** A run began. */
        STARTED,
        /** A phase ended. */
        PHASE_ENDED,
        /** Something was done so that the run goes on. */
        RECOVERED,
        /** Both sides were read anew and compared. */
        VERIFIED,
        /** A run ended. */
        ENDED
    }

    /** Copies. */
    public RunEvent {
        detail = Collections.unmodifiableMap(new TreeMap<>(detail));
    }
}
