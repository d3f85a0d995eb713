package io.holdfast.cli.source;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about sheets. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Looks at sheets (XLSX, XLS, CSV, Google Sheets), says how they become records, and takes these into a database.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast source inspect sales.xlsx", "  holdfast source map sales.xlsx > sales.yaml"})
public final class SourceCommand extends CommandGroup {

    private SourceCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new SourceCommand())
                .addSubcommand(new SourceInspectCommand(terminal, host))
                .addSubcommand(new SourceMapCommand(terminal, host))
                .addSubcommand(new SourceSyncCommand(terminal, host))
                .addSubcommand(new SourceVerifyCommand(terminal, host));
    }
}
