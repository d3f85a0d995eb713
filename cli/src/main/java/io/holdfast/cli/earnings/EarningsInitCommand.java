package io.holdfast.cli.earnings;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.amount.Coins;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a user's store, or tells one that is there of another server. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a store for the earnings of one user, and makes him known.",
            "On a store that is there it replaces the server and the token, and loses nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings init --store ann.db --user ann",
            "  holdfast earnings init --store ann.db --user ann --server http://localhost:8420 --token -"
        })
public final class EarningsInitCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Option(
            names = "--rate",
            paramLabel = "COINS",
            defaultValue = "1",
            description =
                    "Coins an hour to reckon with until the server says what holds; ${DEFAULT-VALUE} if left out.")
    private String rate;

    @Option(names = "--server", paramLabel = "URL", description = "The server to exchange with.")
    private @Nullable String server;

    @Mixin
    private TokenOption token;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsInitCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Coins base = rate();
        Optional<URI> address = Optional.ofNullable(server).map(ServerSettings::address);
        Optional<String> secret = token.read(terminal, host);
        if (secret.isPresent() && address.isEmpty() && token.given()) {
            throw new HoldfastException(ErrorCode.USAGE, "A token without a server opens nothing; add --server URL.");
        }
        try (EarningsManager earnings = user.openOrMake(host)) {
            address.ifPresent(uri -> ServerSettings.remember(earnings.store(), uri, secret));
            StateText.print(terminal, output.json(), earnings.initialize(base.number()));
        }
        return ExitCode.FINE;
    }

    private Coins rate() {
        try {
            return Coins.parse("rate", rate);
        } catch (RecordRefusedException unfit) {
            throw new HoldfastException(ErrorCode.USAGE, String.valueOf(unfit.getMessage()), unfit);
        }
    }
}
