package io.holdfast.cli.token;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.system.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a token. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a token and prints it, this once: the server keeps only its hash.",
            "A device exchanges the records of its scopes; a viewer reads; an operator also repairs and decides; an admin does"
                    + " everything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast token create --role device --scope ann --expires 90d --data data",
            "  holdfast token create --role admin --scope '*' --database 'jdbc:postgresql://localhost/holdfast?user=ann' --json"
        })
public final class TokenCreateCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "device, viewer, operator or admin.")
    private String role;

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "SCOPE",
            description = "Whose records it opens; may be repeated; '*' for all.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "PERIOD",
            description = "From now until when it is good, such as 90d, 12h or 30m; for ever if left out.")
    private @Nullable String expires;

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description =
                    "Who it speaks for; devices belong to it. The scope by default, so that a new token of the same"
                            + " scope takes a device over.")
    private @Nullable String principal;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public TokenCreateCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        new Tokens(terminal, host, database, output.json()).create(role, scopes, expires, principal);
        return ExitCode.FINE;
    }
}
