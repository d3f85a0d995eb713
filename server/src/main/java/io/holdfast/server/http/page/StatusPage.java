package io.holdfast.server.http.page;

import io.holdfast.core.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The one page of the server: a document with its style and script inside. The policy names both by their hashes, so that
 * the browser runs nothing else, whatever a record's text may hold. Immutable.
 *
 * @param html in UTF-8
 * @param policy the Content-Security-Policy of the page
 */
record StatusPage(byte[] html, String policy) {

    /** Puts the page together from its resources. */
    static StatusPage load() {
        String style = resource("status.css");
        String script = resource("status.js");
        String html = resource("status.html").replace("/*STYLE*/", style).replace("/*SCRIPT*/", script);
        String policy =
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
                        + "style-src 'sha256-" + hash(style) + "'; script-src 'sha256-" + hash(script) + "'";
        return new StatusPage(html.getBytes(StandardCharsets.UTF_8), policy);
    }

    private static String resource(String name) {
        try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        return Base64.getEncoder().encodeToString(new Sha256().text(text).digest());
    }
}
