package io.holdfast.server.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked for in the journal. Every condition must hold; one that is empty holds always.
 *
 * @param scopes the only ones that may be seen
 * @param from the first instant: of a run its start, of an entry its own time
 * @param until the first instant no more
 * @param status names of {@link RunStatus} for runs, of {@link Fate} for records, of {@link ErrorCategory} for errors
 * @param key what people know the record by, such as its seller number; of runs, those that dealt with such a record
 * @param source the name of the source, of runs only
 */
public record LogFilter(
        Optional<Set<String>> scopes,
        Optional<RunId> run,
        Optional<Instant> from,
        Optional<Instant> until,
        Set<String> status,
        Optional<String> key,
        Optional<String> source) {

    /** Everything. */
    public static final LogFilter ALL = new LogFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    /** Copies. */
    public LogFilter {
        scopes = scopes.map(Set::copyOf);
        status = Set.copyOf(status);
    }

    /** The same within these scopes. */
    public LogFilter withScopes(Set<String> only) {
        return new LogFilter(Optional.of(only), run, from, until, status, key, source);
    }

    /** The same of one run. */
    public LogFilter withRun(RunId only) {
        return new LogFilter(scopes, Optional.of(only), from, until, status, key, source);
    }

    /** The same from an instant on. */
    public LogFilter withFrom(Instant first) {
        return new LogFilter(scopes, run, Optional.of(first), until, status, key, source);
    }

    /** The same before an instant. */
    public LogFilter withUntil(Instant end) {
        return new LogFilter(scopes, run, from, Optional.of(end), status, key, source);
    }

    /** The same of these statuses. */
    public LogFilter withStatus(Set<String> only) {
        return new LogFilter(scopes, run, from, until, only, key, source);
    }

    /** The same of one record. */
    public LogFilter withKey(String only) {
        return new LogFilter(scopes, run, from, until, status, Optional.of(only), source);
    }

    /** The same of one source. */
    public LogFilter withSource(String only) {
        return new LogFilter(scopes, run, from, until, status, key, Optional.of(only));
    }
}
