package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.net.URI;
import org.postgresql.Driver;

/** What may be said of a database's address: host, port and name, never user or password. */
final class PostgresAddress {

    private static final String PREFIX = "jdbc:";

    private PostgresAddress() {}

    /**
     * Makes sure that the driver can read an address; the refusal repeats nothing of it, as it may hold a password.
     *
     * @throws HoldfastException USAGE
     */
    static void check(String url) {
        if (Driver.parseURL(url, null) == null) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The database's address cannot be read; write it as jdbc:postgresql://HOST:PORT/NAME?user=USER, with a"
                            + " port from 1 to 65535 and special characters percent-encoded.");
        }
    }

    static String withoutSecrets(String url) {
        try {
            URI uri = URI.create(url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : url);
            String host = uri.getHost();
            if (host == null) {
                return "the given address";
            }
            return host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + (uri.getPath() == null ? "" : uri.getPath());
        } catch (IllegalArgumentException unreadable) {
            return "the given address";
        }
    }
}
