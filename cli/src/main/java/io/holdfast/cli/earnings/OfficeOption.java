package io.holdfast.cli.earnings;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.client.transport.HttpClients;
import io.holdfast.client.transport.Trust;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where an administrator works: beside a server's database, or through a server that runs. */
final class OfficeOption {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Mixin
    private DatabaseOption database;

    @Option(names = "--server", paramLabel = "URL", description = "A server that runs, instead of its database.")
    private @Nullable String server;

    @Mixin
    private TokenOption token;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Certificates in PEM to trust, instead of those that this machine trusts.")
    private @Nullable Path trust;

    /** Whether it is a server, where the token says who decides. */
    boolean throughServer() {
        return server != null;
    }

    /**
     * Opens it.
     *
     * @param person who decides, beside a database
     * @throws HoldfastException USAGE if nothing, or several things, are named; and what opening throws
     */
    Office open(Terminal terminal, Host host, String person) {
        if (server == null) {
            return new DatabaseOffice(ServerDatabase.openThere(database, host), host, person);
        }
        if (database.data() != null || database.database() != null) {
            throw usage("Give either --server, or --data or --database.");
        }
        URI address = ServerSettings.address(server);
        String secret = token.read(terminal, host)
                .orElseThrow(() -> usage("The token is missing; give it with --token, or in the environment's "
                        + TokenOption.VARIABLE + "."));
        try {
            return new ServerOffice(
                    HttpClients.open(CONNECT, Optional.ofNullable(trust).map(Trust::in)), address, secret);
        } catch (IllegalArgumentException unreadable) {
            throw usage(String.valueOf(unreadable.getMessage()));
        }
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }
}
