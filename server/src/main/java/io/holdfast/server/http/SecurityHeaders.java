package io.holdfast.server.http;

import java.util.Map;

/** Headers of every answer: nothing is stored, guessed, framed or run. */
public final class SecurityHeaders {

    /** By name. A page replaces the policy by one that allows its own style and script. */
    public static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private SecurityHeaders() {}
}
