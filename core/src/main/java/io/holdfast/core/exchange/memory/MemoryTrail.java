package io.holdfast.core.exchange.memory;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gaps and audit entries of one scope. Not thread-safe. */
final class MemoryTrail implements Trail {

    private final TreeMap<Long, Gap> gaps = new TreeMap<>();
    private final TreeMap<Long, AuditEntry> audit = new TreeMap<>();

    void copyFrom(MemoryTrail other) {
        gaps.putAll(other.gaps);
        audit.putAll(other.audit);
    }

    @Override
    public Optional<Gap> unclosed(RecordKey key) {
        return gaps.values().stream()
                .filter(gap -> gap.key().equals(key) && !gap.state().closed())
                .findFirst();
    }

    @Override
    public long unclosed() {
        return gaps.values().stream().filter(gap -> !gap.state().closed()).count();
    }

    @Override
    public List<Gap> gaps(boolean unclosedOnly, long belowId, int limit) {
        return gaps.headMap(belowId, false).descendingMap().values().stream()
                .filter(gap -> !unclosedOnly || !gap.state().closed())
                .limit(limit)
                .toList();
    }

    @Override
    public long put(Gap gap) {
        long id = gap.id() == 0 ? (gaps.isEmpty() ? 1 : gaps.lastKey() + 1) : gap.id();
        gaps.put(id, gap.withId(id));
        gaps.headMap(id - Limits.GAPS_KEPT, true)
                .values()
                .removeIf(old -> old.state().closed());
        return id;
    }

    @Override
    public List<AuditEntry> entries(long belowId, int limit) {
        return audit.headMap(belowId, false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<AuditEntry> latest(Set<AuditEntry.Event> events) {
        return audit.descendingMap().values().stream()
                .filter(entry -> events.contains(entry.event()))
                .findFirst();
    }

    @Override
    public void add(AuditEntry entry) {
        long id = audit.isEmpty() ? 1 : audit.lastKey() + 1;
        audit.put(id, entry.withId(id));
    }
}
