package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Progress;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.migration.EarningsMigration;
import io.holdfast.earnings.migration.MigrationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes over the table of an application from before Holdfast. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Takes over the users of an old table user_earnings, in its own database, while its application goes on. A view"
                    + " of the table's name and shape stays for old callers, who read and write it as before.",
            "It can be stopped and started again; a second run finds nothing to do. 'earnings rollback' undoes it.",
            "The exit code is 1 if rows stay in the old table because they cannot be users."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings migrate --database 'jdbc:postgresql://localhost/mining?user=mining'",
            "  holdfast earnings migrate --data data --table coins --column user_id=who --column current_earnings=amount"
        })
public final class EarningsMigrateCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private OldTableOption old;

    @Option(
            names = "--rate",
            paramLabel = "COINS",
            defaultValue = "1",
            description = "Coins an hour for users of whom the table does not say; ${DEFAULT-VALUE} if left out.")
    private String rate;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsMigrateCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        MigrationReport report;
        try (EarningsMigration migration = old.open(host, rate);
                Progress progress = new Progress(terminal, host.clock(), "rows")) {
            long rows = migration.rows();
            report = migration.run(done -> progress.show(done, rows));
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeNumberProperty("rows", report.rows());
                json.writeNumberProperty("moved", report.moved());
                json.writeNumberProperty("unfit", report.unfit());
                json.writeArrayPropertyStart("examples");
                report.examples().forEach(json::writeString);
                json.writeEndArray();
            });
        } else {
            terminal.out().println("Took over " + report.moved() + " of " + report.rows() + " rows.");
            report.examples().forEach(line -> terminal.err().println("Stays in the old table: " + line));
        }
        return report.unfit() == 0 ? ExitCode.FINE : ExitCode.WRONG;
    }
}
