package io.holdfast.server.http.look;

import io.holdfast.server.http.problem.HttpRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page begins, as clients see it: opaque, so that its content may change. Holds the last key of the page
 * before, not a number of rows, so that a record written meanwhile shifts nothing.
 */
public final class Continuation {

    private static final char FORM = '1';

    private Continuation() {}

    /** The text for "after this key". */
    public static String after(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key that a text stands for; empty for the empty text, the beginning.
     *
     * @throws HttpRefusal REQUEST_INVALID
     */
    public static String key(String text) {
        if (text.isEmpty()) {
            return "";
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (!decoded.isEmpty()
                    && decoded.charAt(0) == FORM
                    && after(decoded.substring(1)).equals(text)) {
                return decoded.substring(1);
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        throw HttpRefusal.invalid("The parameter page was not given by this server; start without it.");
    }
}
