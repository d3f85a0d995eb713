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
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.http.sync.RunJson;
import io.holdfast.server.storage.sql.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one run and what happened in it. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one run: what came of its records, and what happened, from its start to its end.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast runs show 0193445b8a6e7d12a0b1c2d3e4f50617 --data data"})
public final class RunsShowCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private RunIdParameter which;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public RunsShowCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        RunId id = which.id();
        try (Database opened = ServerDatabase.openThere(database, host)) {
            DatabaseJournal.endLost(opened, host);
            SqlRunLog log = new SqlRunLog(opened);
            Run run = log.run(id, Optional.empty())
                    .orElseThrow(() -> new HoldfastException(
                            ErrorCode.NOT_FOUND, "There is no run " + id + "; see 'holdfast runs list'."));
            List<RunEvent> events = log.events(id);
            if (output.json()) {
                JsonLine.print(terminal.out(), json -> {
                    RunJson.members(run, json);
                    RunJson.events(events, json);
                });
            } else {
                print(run, events);
            }
        }
        return ExitCode.FINE;
    }

    private void print(Run run, List<RunEvent> events) {
        terminal.out()
                .println(run.start().source() + " to " + run.start().target() + ", " + run.status() + ", in "
                        + run.took().toMillis() + " ms");
        terminal.out()
                .println(Arrays.stream(Fate.values())
                        .filter(fate -> !fate.finding())
                        .map(fate -> run.counts().of(fate) + " " + fate.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        TextTable table = TextTable.ofSentences(List.of("at", "event", "who", "detail"));
        events.forEach(event -> table.add(List.of(
                event.at().toString(),
                event.kind().name(),
                event.who(),
                event.detail().entrySet().stream()
                        .map(detail -> detail.getKey() + " " + detail.getValue())
                        .collect(Collectors.joining(", ")))));
        table.print(terminal.out());
        if (run.counts().errors() > 0) {
            terminal.out()
                    .println(run.counts().errors() + " errors: 'holdfast audit query --errors --run " + run.id()
                            + "' says what they are.");
        }
    }
}
