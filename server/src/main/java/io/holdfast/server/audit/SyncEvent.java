package io.holdfast.server.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened to a scope: in a run, or between its devices and the server.
 *
 * @param run in which it happened; empty of device sync
 * @param entry its number within the run, or within what the scope's devices brought about
 * @param kind a {@link RunEvent.Kind} of a run, an {@link io.holdfast.core.audit.AuditEntry.Event} of device sync
 * @param who a person's name, or {@link io.holdfast.core.audit.AuditEntry#HOLDFAST}
 * @param detail what there is to know of it, for people
 */
public record SyncEvent(
        Instant at, String scope, Optional<RunId> run, long entry, String kind, String who, String detail) {

    /** Where a page that ends with it goes on. */
    public EventPosition position() {
        return new EventPosition(at.toEpochMilli(), scope, run.map(RunId::text).orElse(""), entry);
    }
}
