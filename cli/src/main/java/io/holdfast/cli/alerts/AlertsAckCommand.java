package io.holdfast.cli.alerts;

import io.holdfast.cli.device.PersonOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.http.sync.AlertJson;
import io.holdfast.server.storage.sql.Database;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an alert on. */
@Command(
        name = "ack",
        mixinStandardHelpOptions = true,
        description = "Notes who has taken an alert on, and what he says of it; ends the mails about it.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast alerts ack 0193445b8a6e7d12a0b1c2d3e4f50617 --note 'sheet is being corrected' --data data")
public final class AlertsAckCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The alert's id, as 'alerts list' shows it.")
    private String id;

    @Option(names = "--note", paramLabel = "TEXT", required = true, description = "What is done about it.")
    private String note;

    @Mixin
    private PersonOption person;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AlertsAckCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Alert alert;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            alert = new AlertBook(opened, new AlertBook.AlertIds(host.clock(), host.random()))
                    .acknowledge(id, Optional.empty(), person.name(host), note);
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> AlertJson.members(alert, json));
        } else {
            terminal.out().println("Noted: " + alert.message());
        }
        return ExitCode.FINE;
    }
}
