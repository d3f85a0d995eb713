package io.holdfast.cli.frame;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others, such as {@code token}: by itself it shows which. */
public abstract class CommandGroup implements Operation {

    @Spec
    private CommandSpec spec;

    @Override
    public final ExitCode run() {
        CommandLine commands = spec.commandLine();
        commands.usage(commands.getErr());
        return ExitCode.USAGE;
    }
}
