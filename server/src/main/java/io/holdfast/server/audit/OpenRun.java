package io.holdfast.server.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of a run that has not ended: its counts, and the rows that are not yet written. Rows have their
 * numbers, so that writing them twice, because nobody knows whether the first time succeeded, changes nothing. Not thread-safe.
 */
final class OpenRun {

    final String scope;
    final RunId run;
    final long startedAtMillis;
    final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    final Map<String, Long> metrics = new TreeMap<>();
    final List<@Nullable Object[]> records = new ArrayList<>();
    final List<@Nullable Object[]> errors = new ArrayList<>();
    final List<@Nullable Object[]> events = new ArrayList<>();
    long recordEntries;
    long errorEntries;
    long eventEntries;
    Progress progress = new Progress(Phase.FETCH, 0, Progress.UNKNOWN);
    boolean progressMoved;
    private long oldestMillis;

    OpenRun(String scope, RunId run, long startedAtMillis) {
        this.scope = scope;
        this.run = run;
        this.startedAtMillis = startedAtMillis;
    }

    void add(RecordFate fate, long nowMillis) {
        collecting(nowMillis);
        fates.merge(fate.fate(), 1L, Long::sum);
        records.add(new Object[] {
            run.text(),
            ++recordEntries,
            nowMillis,
            fate.sourceRow(),
            LogText.of(fate.key(), LogText.KEY_MAX),
            fate.fate().name(),
            fate.code(),
            LogText.of(fate.detail(), LogText.SENTENCE_MAX)
        });
    }

    void unchanged(long more, long nowMillis) {
        collecting(nowMillis);
        fates.merge(Fate.UNCHANGED, more, Long::sum);
        progressMoved = true;
    }

    void add(RunError error, long nowMillis) {
        collecting(nowMillis);
        metrics.merge(Metric.errors(error.category()), 1L, Long::sum);
        errors.add(new Object[] {
            run.text(),
            ++errorEntries,
            nowMillis,
            error.phase().name(),
            error.category().name(),
            error.code(),
            LogText.of(error.message(), LogText.SENTENCE_MAX),
            error.sourceRow(),
            LogText.of(error.key(), LogText.KEY_MAX),
            (long) error.attempt(),
            LogText.of(error.detail(), LogText.DETAIL_MAX)
        });
    }

    void add(RunEvent.Kind kind, String who, Map<String, String> detail, long nowMillis) {
        collecting(nowMillis);
        events.add(new Object[] {run.text(), ++eventEntries, nowMillis, kind.name(), who, EventDetail.text(detail)});
    }

    void move(Progress further, long nowMillis) {
        if (!further.before(progress)) {
            collecting(nowMillis);
            progress = further;
            progressMoved = true;
        }
    }

    private void collecting(long nowMillis) {
        if (!waiting()) {
            oldestMillis = nowMillis;
        }
    }

    boolean waiting() {
        return progressMoved || !records.isEmpty() || !errors.isEmpty() || !events.isEmpty();
    }

    boolean due(long nowMillis, int rowsMax, long waitMillis) {
        return records.size() + errors.size() >= rowsMax || (waiting() && nowMillis - oldestMillis >= waitMillis);
    }

    void written() {
        records.clear();
        errors.clear();
        events.clear();
        progressMoved = false;
    }

    /** Where {@link #backTo} goes. */
    record Mark(int events, long eventEntries, Map<String, Long> metrics) {}

    Mark mark() {
        return new Mark(events.size(), eventEntries, Map.copyOf(metrics));
    }

    /** Forgets events and figures since then. Fates and errors stay: they are collected, and go with the next write. */
    void backTo(Mark mark) {
        events.subList(mark.events(), events.size()).clear();
        eventEntries = mark.eventEntries();
        metrics.clear();
        metrics.putAll(mark.metrics());
    }

    /** Records dealt with, see {@link Counts#records}. */
    Counts counts() {
        return new Counts(fates, errorEntries);
    }
}
