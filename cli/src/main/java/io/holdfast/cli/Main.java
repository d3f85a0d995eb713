package io.holdfast.cli;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;

/** The process's entry point. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        int exitCode = Holdfast.commandsFor(args, terminal, Host.real()).execute(args);
        terminal.flush();
        System.exit(exitCode);
    }
}
