package io.holdfast.cli.runs;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.http.sync.RunJson;
import io.holdfast.server.storage.sql.Database;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs, the newest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists runs, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast runs list --data data",
            "  holdfast runs list --data data --status FAILED --status PARTIAL --json"
        })
public final class RunsListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private DatabaseOption database;

    @Option(names = "--scope", paramLabel = "NAME", description = "Only runs of this scope.")
    private @Nullable String scope;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only runs of this status: ${COMPLETION-CANDIDATES}.")
    private Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many, up to 1,000.")
    private int limit;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public RunsListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        LogFilter all =
                LogFilter.ALL.withStatus(statuses.stream().map(Enum::name).collect(Collectors.toSet()));
        LogFilter filter = scope == null ? all : all.withScopes(Set.of(scope));
        List<Run> runs;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            DatabaseJournal.endLost(opened, host);
            runs = new SqlRunLog(opened).runs(filter, Optional.empty(), Math.clamp(limit, 1, RunLog.PAGE_MAX));
        }
        if (output.json()) {
            runs.forEach(run -> JsonLine.print(terminal.out(), json -> RunJson.members(run, json)));
        } else {
            print(runs);
        }
        return ExitCode.FINE;
    }

    private void print(List<Run> runs) {
        TextTable table = new TextTable(
                List.of("run", "started", "source", "target", "status", "created", "updated", "failed", "verified"));
        for (Run run : runs) {
            table.add(List.of(
                    run.id().text(),
                    run.startedAt().toString(),
                    run.start().source(),
                    run.start().target().toString(),
                    run.status().name(),
                    Long.toString(run.counts().of(Fate.CREATED)),
                    Long.toString(run.counts().of(Fate.UPDATED)),
                    Long.toString(run.counts().of(Fate.FAILED)),
                    run.verification().map(RunsListCommand::verified).orElse("")));
        }
        table.print(terminal.out());
    }

    private static String verified(Verification verification) {
        return verification.equal() ? "equal" : "NOT equal";
    }
}
