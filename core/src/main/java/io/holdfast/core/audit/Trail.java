package io.holdfast.core.audit;

import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gaps and audit entries within one transaction; as thread-safe as that. Writing calls need a writing transaction. */
public interface Trail {

    /** The gap of a record that is not closed. */
    Optional<Gap> unclosed(RecordKey key);

    /** How many gaps are not closed. */
    long unclosed();

    /**
     * Gaps, newest first.
     *
     * @param unclosedOnly whether closed ones are left out
     * @param belowId only ids below this; {@link Long#MAX_VALUE} to begin
     */
    List<Gap> gaps(boolean unclosedOnly, long belowId, int limit);

    /** Stores a gap, under its id or, if that is 0, under a new one, which is returned. */
    long put(Gap gap);

    /** Entries, newest first, below an id ({@link Long#MAX_VALUE} to begin). */
    List<AuditEntry> entries(long belowId, int limit);

    /** The newest entry of one of these events. */
    Optional<AuditEntry> latest(Set<AuditEntry.Event> events);

    /** Stores an entry under a new id. */
    void add(AuditEntry entry);
}
