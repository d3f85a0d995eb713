package io.holdfast.server.http;

/** Reads the Cookie header (RFC 6265, section 4.2). */
final class Cookies {

    private static final int COOKIES_MAX = 100;

    private Cookies() {}

    /** The value of the first cookie of that name; empty if there is none. */
    static String value(String header, String name) {
        for (String pair : header.split(";", COOKIES_MAX)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return "";
    }
}
