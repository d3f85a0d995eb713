package io.holdfast.cli.earnings;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.device.TrustOption;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.client.transport.HttpClients;
import io.holdfast.core.error.HoldfastException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server that runs, and how it is spoken to. */
final class RemoteOption {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Option(names = "--server", paramLabel = "URL", description = "A server that runs.")
    private @Nullable String server;

    @Mixin
    private TokenOption token;

    @Mixin
    private TrustOption trust;

    /** Whether a server was named. */
    boolean given() {
        return server != null;
    }

    /**
     * What may be done there.
     *
     * @throws HoldfastException USAGE if the server, its token or the certificates cannot be used
     */
    ServerOffice open(Terminal terminal, Host host) {
        URI address = ServerSettings.address(server == null ? "" : server);
        String secret = token.require(terminal, host);
        return new ServerOffice(HttpClients.open(CONNECT, trust.trust()), address, secret);
    }
}
