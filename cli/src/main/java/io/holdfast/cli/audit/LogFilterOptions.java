package io.holdfast.cli.audit;

import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is looked for in the journal; every condition must hold. */
final class LogFilterOptions {

    @Option(names = "--key", paramLabel = "KEY", description = "The record's key, such as a seller number.")
    private @Nullable String key;

    @Option(names = "--status", paramLabel = "STATUS", description = "What came of it: ${COMPLETION-CANDIDATES}.")
    private Set<Fate> fates = EnumSet.noneOf(Fate.class);

    @Mixin
    private PeriodOptions period;

    LogFilter filter() {
        LogFilter filter =
                period.filter().withStatus(fates.stream().map(Enum::name).collect(Collectors.toSet()));
        return key == null ? filter : filter.withKey(key);
    }

    int limit() {
        return period.limit();
    }
}
