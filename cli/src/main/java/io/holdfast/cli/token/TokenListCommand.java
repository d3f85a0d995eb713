package io.holdfast.cli.token;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.system.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints tokens. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints all tokens without their secrets, the oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast token list --data data", "  holdfast token list --data data --json"})
public final class TokenListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public TokenListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        new Tokens(terminal, host, database, output.json()).list();
        return ExitCode.FINE;
    }
}
