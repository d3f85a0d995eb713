package io.holdfast.cli.token;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.system.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a token. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revokes a token for good; a running server refuses it within five seconds.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast token revoke 0123456789abcdef --data data")
public final class TokenRevokeCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The token's id, as 'token list' shows it.")
    private String id;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public TokenRevokeCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        new Tokens(terminal, host, database, output.json()).revoke(id);
        return ExitCode.FINE;
    }
}
