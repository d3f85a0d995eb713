package io.holdfast.cli.source;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about sheets. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at sheets (XLSX, XLS, CSV), and says how they become records.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast source inspect sales.xlsx", "  holdfast source map sales.xlsx > sales.yaml"})
public final class SourceCommand extends CommandGroup {

    private SourceCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal) {
        return new CommandLine(new SourceCommand())
                .addSubcommand(new SourceInspectCommand(terminal))
                .addSubcommand(new SourceMapCommand(terminal));
    }
}
