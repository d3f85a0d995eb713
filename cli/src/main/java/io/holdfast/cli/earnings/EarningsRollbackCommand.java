package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.migration.EarningsMigration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the old table back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the old table back under its name, with what its users have now; the view is gone. What Holdfast has"
                    + " stays where it is, so that 'earnings migrate' can go forward again.",
            "Stop the server first: what it decides afterwards does not reach the old table."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast earnings rollback --database 'jdbc:postgresql://localhost/mining?user=mining'"})
public final class EarningsRollbackCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private OldTableOption old;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsRollbackCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        long rows;
        try (EarningsMigration migration = old.open(host, "1")) {
            migration.rollBack();
            rows = migration.rows();
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> json.writeNumberProperty("rows", rows));
        } else {
            terminal.out().println("The old table is back with " + rows + " rows.");
        }
        return ExitCode.FINE;
    }
}
