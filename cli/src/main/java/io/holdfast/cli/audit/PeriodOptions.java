package io.holdfast.cli.audit;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and when something happened that is looked for; every condition must hold. */
final class PeriodOptions {

    @Option(names = "--run", paramLabel = "ID", description = "Only this run.")
    private @Nullable String run;

    @Option(names = "--scope", paramLabel = "NAME", description = "Only this scope.")
    private @Nullable String scope;

    @Option(names = "--from", paramLabel = "TIME", description = "The first day or instant (UTC).")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "The first day or instant no more (UTC).")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many.")
    private int limit;

    LogFilter filter() {
        return new LogFilter(
                Optional.ofNullable(scope).map(Set::of),
                Optional.ofNullable(run).map(PeriodOptions::run),
                Optional.ofNullable(from).map(PeriodOptions::instant),
                Optional.ofNullable(until).map(PeriodOptions::instant),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    int limit() {
        return Math.max(1, limit);
    }

    private static RunId run(String text) {
        if (!RunId.isRunId(text)) {
            throw new HoldfastException(ErrorCode.USAGE, "'" + text + "' is no run; see 'holdfast runs list'.");
        }
        return new RunId(text);
    }

    private static Instant instant(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "'" + text + "' is no time; write 2026-11-20 or 2026-11-20T10:00:00Z.", wrong);
        }
    }
}
