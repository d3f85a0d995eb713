package io.holdfast.cli.schema;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about schema files. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at schema files.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast schema check journal.json")
public final class SchemaCommand extends CommandGroup {

    private SchemaCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal) {
        return new CommandLine(new SchemaCommand()).addSubcommand(new SchemaCheckCommand(terminal));
    }
}
