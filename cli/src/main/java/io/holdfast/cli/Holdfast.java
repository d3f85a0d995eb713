package io.holdfast.cli;

import io.holdfast.cli.errors.ErrorsCommand;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Failures;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.schema.SchemaCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand, and the tree of all subcommands. */
@Command(
        name = "holdfast",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps records that are written on unreliable devices, brings them to a server, and proves that"
                + " nothing was lost on the way.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The operation did what was asked.",
            "1:The operation found something wrong, or failed on this machine.",
            "2:The command line is wrong.",
            "3:The server is not reachable.",
            "4:The server refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast help version", "  holdfast version --json"})
public final class Holdfast implements Operation {

    @Spec
    private CommandSpec spec;

    private Holdfast() {}

    /** All commands, ready to execute against a terminal. */
    public static CommandLine commands(Terminal terminal) {
        Failures failures = new Failures(terminal);
        return new CommandLine(new Holdfast())
                .addSubcommand(SchemaCommand.commands(terminal))
                .addSubcommand(new ErrorsCommand(terminal))
                .addSubcommand(new VersionCommand(terminal))
                .addSubcommand(new HelpCommand())
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Nothing was asked for: shows what could be. */
    @Override
    public ExitCode run() {
        CommandLine commands = spec.commandLine();
        commands.usage(commands.getOut());
        return ExitCode.USAGE;
    }
}
