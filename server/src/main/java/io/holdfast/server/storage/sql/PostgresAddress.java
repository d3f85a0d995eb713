package io.holdfast.server.storage.sql;

import java.net.URI;

/** What may be said of a database's address: host, port and name, never user or password. */
final class PostgresAddress {

    private static final String PREFIX = "jdbc:";

    private PostgresAddress() {}

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
