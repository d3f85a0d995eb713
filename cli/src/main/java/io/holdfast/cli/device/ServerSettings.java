package io.holdfast.cli.device;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.Store;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which server a store belongs to, as it is remembered in the store itself: the file is its owner's alone (mode 0600), so
 * the token lies no more open than the records.
 */
public final class ServerSettings {

    private static final String SERVER = "server";
    private static final String TOKEN = "token";

    private ServerSettings() {}

    /** The server's address, if the store knows one. */
    public static Optional<URI> server(Store store) {
        return setting(store, SERVER).map(URI::create);
    }

    /** The token that was remembered. */
    public static Optional<String> token(Store store) {
        return setting(store, TOKEN);
    }

    private static Optional<String> setting(Store store, String name) {
        return store.storage().read(transaction -> transaction.setting(name)).filter(value -> !value.isEmpty());
    }

    /** Remembers a server and, if one is given, its token. */
    public static void remember(Store store, URI server, Optional<String> token) {
        store.storage().write(transaction -> {
            transaction.setting(SERVER, server.toString());
            token.ifPresent(text -> transaction.setting(TOKEN, text));
            return true;
        });
    }

    /**
     * Reads a server's address.
     *
     * @throws HoldfastException USAGE
     */
    public static URI address(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // Refused below, in the same words.
        }
        throw new HoldfastException(
                ErrorCode.USAGE,
                "The server's address '" + text + "' is none; write it as https://HOST[:PORT] or http://HOST[:PORT].");
    }
}
