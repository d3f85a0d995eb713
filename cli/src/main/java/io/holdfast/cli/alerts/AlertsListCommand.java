package io.holdfast.cli.alerts;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.http.sync.AlertJson;
import io.holdfast.server.storage.sql.Database;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints alerts. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints the alerts that are not over, the newest first; exits with 1 if one of them is open.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast alerts list --data data", "  holdfast alerts list --all --data data --json"})
public final class AlertsListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(names = "--all", description = "Those that are over, too.")
    private boolean all;

    @Option(names = "--scope", paramLabel = "NAME", description = "Only alerts of this scope.")
    private @Nullable String scope;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many, up to 500.")
    private int limit;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AlertsListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Set<Alert.State> states = all ? Set.of() : Set.of(Alert.State.OPEN, Alert.State.ACKNOWLEDGED);
        List<Alert> alerts;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            alerts = new AlertBook(opened, new AlertBook.AlertIds(host.clock(), host.random()))
                    .list(
                            Optional.ofNullable(scope).map(Set::of),
                            states,
                            "",
                            Math.clamp(limit, 1, AlertBook.PAGE_MAX));
        }
        if (output.json()) {
            alerts.forEach(alert -> JsonLine.print(terminal.out(), json -> AlertJson.members(alert, json)));
        } else {
            print(alerts);
        }
        boolean open = alerts.stream().anyMatch(alert -> alert.state() == Alert.State.OPEN);
        return open ? ExitCode.WRONG : ExitCode.FINE;
    }

    private void print(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            terminal.out().println("There are no alerts.");
            return;
        }
        TextTable table =
                TextTable.ofSentences(List.of("id", "severity", "state", "where", "last", "times", "message"));
        alerts.forEach(alert -> table.add(List.of(
                alert.id(),
                alert.type().severity().name(),
                alert.state().name(),
                alert.scope() + "/" + alert.subject(),
                alert.lastAt().toString(),
                Long.toString(alert.occurrences()),
                alert.message())));
        table.print(terminal.out());
    }
}
