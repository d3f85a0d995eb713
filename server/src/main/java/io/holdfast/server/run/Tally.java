package io.holdfast.server.run;

import io.holdfast.server.audit.Fate;
import java.util.EnumMap;
import java.util.Map;

/** Counts what came of records. Not thread-safe. */
final class Tally {

    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long refused;
    private long dangling;

    void count(Fate fate, long records) {
        fates.merge(fate, records, Long::sum);
    }

    void refused() {
        refused++;
        count(Fate.FAILED, 1);
    }

    /** A record that was refused, and was written after all. */
    void refusedNoMore() {
        refused--;
        count(Fate.FAILED, -1);
    }

    void dangling(long records) {
        dangling = records;
    }

    long of(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    RunReport.Records records() {
        return new RunReport.Records(
                of(Fate.CREATED),
                of(Fate.UPDATED),
                of(Fate.UNCHANGED),
                of(Fate.DELETED),
                of(Fate.KEPT),
                of(Fate.FAILED),
                refused,
                of(Fate.QUARANTINED),
                dangling);
    }
}
