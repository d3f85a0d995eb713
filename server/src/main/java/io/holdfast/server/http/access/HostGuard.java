package io.holdfast.server.http.access;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.config.Listen;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Answers only requests that were meant for this server: the Host header must name it, and a page that sends a request
 * must come from it. Without the first, any web site could make its own name point to the loopback and have a browser
 * read this server for it (DNS rebinding); the second turns away pages of other origins. Immutable.
 */
public final class HostGuard {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new HashSet<>(LOOPBACK);

    /** A guard for a server that listens there. */
    public HostGuard(Listen listen) {
        names.add(bracketed(listen.host().toLowerCase(Locale.ROOT)));
        listen.names().forEach(name -> names.add(bracketed(name.toLowerCase(Locale.ROOT))));
    }

    /**
     * Checks one request.
     *
     * @param scheme {@code http} or {@code https}
     * @param host the Host header, empty if there is none
     * @param origin the Origin header, empty if there is none
     * @param localAddress the numerical address that the client connected to
     * @throws HoldfastException REQUEST_INVALID without a host, FORBIDDEN for another one or a foreign origin
     */
    public void check(String scheme, String host, String origin, String localAddress) {
        if (host.isEmpty()) {
            throw HttpRefusal.invalid("The request has no Host header; send one.");
        }
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        // An address in numbers needs no resolution, so that nobody can rebind it: the one connected to is this server.
        if (!names.contains(name) && !name.equals(bracketed(localAddress.toLowerCase(Locale.ROOT)))) {
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN,
                    "The Host header names another server; use this server's address, or add the name to its settings.");
        }
        if (!origin.isEmpty() && !origin.equalsIgnoreCase(scheme + "://" + host)) {
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN,
                    "The request comes from a page of another origin; open this server's own page instead.");
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 && !address.startsWith("[") ? '[' + address + ']' : address;
    }
}
