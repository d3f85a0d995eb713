package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.server.run.RunMode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a database to what a sheet says, and proves it. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description =
                "Takes the records of a sheet into a database: what is new, what changed, and, if the mapping says so,"
                        + " what is gone. Then reads both sides anew and compares; what is missing is written again. A second"
                        + " run over the same sheet writes nothing. Exit code 1 if both are not equal, or anything waits for a person:"
                        + " an invalid row, one that contradicts another, a reference that names no record.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast source sync sales.xlsx --mapping sales.yaml --data data --dry-run",
            "  holdfast source sync sales.xlsx --mapping sales.yaml --data data",
            "  holdfast source sync sales.xlsx --mapping sales.yaml --database 'jdbc:postgresql://db/office?user=sync' --json"
        })
public final class SourceSyncCommand implements Operation {

    @Mixin
    private final SourceRun run;

    @Option(names = "--dry-run", description = "Only find out what would be done; write no record.")
    private boolean dryRun;

    /** Runs on this machine. */
    public SourceSyncCommand(Terminal terminal, Host host) {
        this.run = new SourceRun(terminal, host);
    }

    @Override
    public ExitCode run() throws IOException {
        return run.run(dryRun ? RunMode.DRY_RUN : RunMode.SYNC);
    }
}
