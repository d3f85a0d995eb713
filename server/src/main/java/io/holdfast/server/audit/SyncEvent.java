package io.holdfast.server.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /**
     * An event as its row has it.
     *
     * @param run empty of device sync
     * @param detail of a run a JSON object of texts
     */
    public static SyncEvent of(
            long atMillis, String scope, String run, long entry, String kind, String who, String detail) {
        return new SyncEvent(
                Instant.ofEpochMilli(atMillis),
                scope,
                run.isEmpty() ? Optional.empty() : Optional.of(new RunId(run)),
                entry,
                kind,
                who,
                run.isEmpty() ? detail : words(EventDetail.of(detail)));
    }

    private static String words(Map<String, String> detail) {
        return detail.entrySet().stream()
                .map(member -> member.getKey() + " " + member.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Where a page that ends with it goes on. */
    public EventPosition position() {
        return new EventPosition(at.toEpochMilli(), scope, run.map(RunId::text).orElse(""), entry);
    }
}
