package io.holdfast.cli.sync;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.device.TrustOption;
import io.holdfast.cli.system.Host;
import io.holdfast.client.ClientOptions;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.Store;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** How a command reaches the server that a store belongs to. */
public final class ServerOption {

    @Mixin
    private TrustOption trust;

    /**
     * The connection that the store remembers, under the environment's token or its own.
     *
     * @throws HoldfastException USAGE if the store knows no server or no token, STORE_DAMAGED if its file is not sound
     */
    ClientOptions connection(Store store, Path file, Host host) {
        return connection(store, host, "holdfast device init --store " + file + " …");
    }

    /**
     * As {@link #connection(Store, Path, Host)}.
     *
     * @param teller the command that tells the store of a server, without what is missing
     */
    public ClientOptions connection(Store store, Host host, String teller) {
        URI server = ServerSettings.server(store)
                .orElseThrow(() -> missing(store, "server", teller + " --server URL --token TOKEN"));
        String token = TokenOption.current(host, ServerSettings.token(store))
                .orElseThrow(() -> missing(store, "token", teller + " --server " + server + " --token TOKEN"));
        ClientOptions options = ClientOptions.of(server.toString(), token).withHints(false);
        return trust.trust().map(options::withTrust).orElse(options);
    }

    /** A damaged page may have held it: then it would be wrong to advise anything but to mend the file. */
    private static HoldfastException missing(Store store, String what, String command) {
        store.checkFile();
        return new HoldfastException(
                ErrorCode.USAGE, "The store knows no " + what + "; give it one with '" + command + "'.");
    }
}
