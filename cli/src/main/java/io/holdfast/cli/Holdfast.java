package io.holdfast.cli;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Failures;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
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
        footer = {"  holdfast demo", "  holdfast serve --data data --schema journal.json", "  holdfast help put"})
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
        return tree(terminal, Catalog.of(terminal, host).values());
    }

    /**
     * The command that a command line names, or all of them if it names none: reading the annotations of all takes longer
     * than most of them run.
     */
    static CommandLine commandsFor(String[] args, Terminal terminal, Host host) {
        Map<String, Supplier<Object>> all = Catalog.of(terminal, host);
        Supplier<Object> named = args.length == 0 ? null : all.get(args[0]);
        return tree(terminal, named == null ? all.values() : List.of(named));
    }

    private static CommandLine tree(Terminal terminal, Collection<Supplier<Object>> commands) {
        Failures failures = new Failures(terminal);
        CommandLine tree = new CommandLine(new Holdfast());
        commands.forEach(command -> tree.addSubcommand(command.get()));
        return tree.addSubcommand(new HelpCommand())
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setHelpSectionMap(sections(tree))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Examples are printed as they are written, however narrow the terminal: a broken line cannot be pasted. */
    private static Map<String, IHelpSectionRenderer> sections(CommandLine tree) {
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(tree.getHelpSectionMap());
        sections.put(
                UsageMessageSpec.SECTION_KEY_FOOTER,
                help -> Arrays.stream(help.commandSpec().usageMessage().footer())
                        .map(line -> line + System.lineSeparator())
                        .collect(Collectors.joining()));
        return sections;
    }

    /** Nothing was asked for: shows what could be. */
    @Override
    public ExitCode run() {
        CommandLine commands = spec.commandLine();
        commands.usage(commands.getOut());
        return ExitCode.USAGE;
    }
}
