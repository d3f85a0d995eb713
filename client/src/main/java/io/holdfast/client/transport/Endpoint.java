package io.holdfast.client.transport;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The address of a server.
 *
 * @param base scheme, host, port and path before {@code /v1}, without a slash at the end
 */
public record Endpoint(URI base) {

    /** Refuses what cannot be the address of a server. */
    public Endpoint {
        String scheme = base.getScheme();
        if ((!"http".equals(scheme) && !"https".equals(scheme)) || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "The server's address must look like http://HOST:PORT or https://HOST, and is " + base + ".");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The server's address must have no user, query or fragment: write it as https://HOST:PORT.");
        }
    }

    /**
     * The server at an address; slashes at its end are left out.
     *
     * @throws IllegalArgumentException if it is no address of a server
     */
    public static Endpoint of(String address) {
        String text = address.strip();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return new Endpoint(URI.create(text));
    }

    /** The address of the stream of hints of a scope. */
    public URI events(String scope) {
        return at("/v1/events?scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
    }

    URI at(String path) {
        return URI.create(base + path);
    }

    /** The address for people. */
    @Override
    public String toString() {
        return base.toString();
    }
}
