package io.holdfast.cli;

import io.holdfast.cli.bench.BenchCommand;
import io.holdfast.cli.conflicts.ConflictsCommand;
import io.holdfast.cli.device.DeviceCommand;
import io.holdfast.cli.errors.ErrorsCommand;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Failures;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.quarantine.QuarantineCommand;
import io.holdfast.cli.records.DeleteCommand;
import io.holdfast.cli.records.GetCommand;
import io.holdfast.cli.records.ListCommand;
import io.holdfast.cli.records.PutCommand;
import io.holdfast.cli.schema.SchemaCommand;
import io.holdfast.cli.serve.ServeCommand;
import io.holdfast.cli.sync.StatusCommand;
import io.holdfast.cli.sync.SyncCommand;
import io.holdfast.cli.sync.VerifyCommand;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.token.TokenCommand;
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

    /** All commands, ready to execute on this machine against a terminal. */
    public static CommandLine commands(Terminal terminal) {
        return commands(terminal, Host.real());
    }

    /** All commands, ready to execute on a machine against a terminal. */
    public static CommandLine commands(Terminal terminal, Host host) {
        Failures failures = new Failures(terminal);
        return new CommandLine(new Holdfast())
                .addSubcommand(new ServeCommand(terminal, host))
                .addSubcommand(TokenCommand.commands(terminal, host))
                .addSubcommand(DeviceCommand.commands(terminal, host))
                .addSubcommand(new PutCommand(terminal, host))
                .addSubcommand(new GetCommand(terminal, host))
                .addSubcommand(new ListCommand(terminal, host))
                .addSubcommand(new DeleteCommand(terminal, host))
                .addSubcommand(new SyncCommand(terminal, host))
                .addSubcommand(new StatusCommand(terminal, host))
                .addSubcommand(new VerifyCommand(terminal, host))
                .addSubcommand(QuarantineCommand.commands(terminal, host))
                .addSubcommand(ConflictsCommand.commands(terminal, host))
                .addSubcommand(SchemaCommand.commands(terminal))
                .addSubcommand(new ErrorsCommand(terminal))
                .addSubcommand(new BenchCommand(terminal))
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
