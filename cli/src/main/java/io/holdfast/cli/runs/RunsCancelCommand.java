package io.holdfast.cli.runs;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.http.sync.RunJson;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.storage.sql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a run, whichever process it is in. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Asks the process that a run is in to end it. It does so within some seconds, and leaves whole records.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast runs cancel 0193445b8a6e7d12a0b1c2d3e4f50617 --data data"})
public final class RunsCancelCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private RunIdParameter which;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public RunsCancelCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        RunId id = which.id();
        try (Database opened = ServerDatabase.openThere(database, host)) {
            DatabaseJournal.endLost(opened, host);
            if (!new Leases(opened, host.clock(), ThisProcess.holder()).askToCancel(id, host.person())) {
                throw new HoldfastException(
                        ErrorCode.NOT_FOUND, "No process works on a run " + id + "; see 'holdfast runs list'.");
            }
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> RunJson.cancelAsked(id, json));
        } else {
            terminal.out().println("Asked the run " + id + " to end; it does so within some seconds.");
        }
        return ExitCode.FINE;
    }
}
