package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
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

    /**
     * Whether a first connection failed because of what stands in its address: nothing else has been asked for yet. Class 22 are
     * the driver's and the server's wrong values, the others what a server says of {@code options}.
     */
    static boolean blames(String sqlState) {
        return sqlState.startsWith("22") || sqlState.equals("42601") || sqlState.equals("42704");
    }

    /** Names the parameters, never their values, of an address that has a wrong one. */
    static HoldfastException wrongParameter(String url, String place, SQLException failure) {
        String names = Arrays.stream(url.substring(url.indexOf('?') + 1).split("&", -1))
                .map(parameter -> parameter.replaceFirst("=.*", ""))
                .filter(name -> !name.equals("user") && !name.equals("password"))
                .collect(Collectors.joining(", "));
        return new HoldfastException(
                ErrorCode.USAGE,
                "The address of the database at " + place
                        + " has a parameter behind its question mark that the driver or the server refuses"
                        + (names.isEmpty() ? "" : "; look at " + names) + ". Correct it or leave it out.",
                failure);
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
