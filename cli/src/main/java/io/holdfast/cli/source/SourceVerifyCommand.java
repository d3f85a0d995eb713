package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.server.run.RunMode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a database holds what a sheet says. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Reads a sheet and a database, and compares: what is missing, too much, different; and whether what"
                        + " records refer to is there. Writes no record. Exit code 1 if both are not equal, or anything waits for a"
                        + " person: an invalid row, one that contradicts another, a reference that names no record.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast source verify sales.xlsx --mapping sales.yaml --data data",
            "  holdfast source verify sales.xlsx --mapping sales.yaml --data data --json"
        })
public final class SourceVerifyCommand implements Operation {

    @Mixin
    private final SourceRun run;

    /** Runs on this machine. */
    public SourceVerifyCommand(Terminal terminal, Host host) {
        this.run = new SourceRun(terminal, host);
    }

    @Override
    public ExitCode run() throws IOException {
        return run.run(RunMode.VERIFY);
    }
}
