package io.holdfast.server.http.access;

/**
 * What a request shows to say whose it is.
 *
 * @param authorization the Authorization header, empty if there is none
 * @param cookie the session cookie, empty if there is none
 * @param csrf the header {@link SessionCookie#CSRF_HEADER}, empty if there is none
 * @param changes whether the request may change something
 * @param address where it comes from
 */
public record Credentials(String authorization, String cookie, String csrf, boolean changes, String address) {

    /** Whether there is nothing to check. */
    public boolean none() {
        return authorization.isEmpty() && cookie.isEmpty();
    }
}
