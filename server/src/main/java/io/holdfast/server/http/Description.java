package io.holdfast.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The description of the API, of a server with its parts. Stateless. */
final class Description {

    private static final String PATHS = "paths:\n";
    private static final String COMPONENTS = "\ncomponents:\n";
    private static final String SCHEMAS = COMPONENTS + "  schemas:\n";

    private Description() {}

    /**
     * The server's description, with the paths of each part behind its own, and their schemas behind its own.
     *
     * @throws IllegalArgumentException if a part is not as {@link io.holdfast.server.http.app.Application#description} has it
     */
    static byte[] with(List<String> parts) {
        String own = own();
        int components = own.indexOf(COMPONENTS);
        StringBuilder paths = new StringBuilder(own.substring(0, components + 1));
        StringBuilder schemas = new StringBuilder(own.substring(components + 1));
        for (String part : parts) {
            int split = part.indexOf(SCHEMAS);
            if (!part.startsWith(PATHS) || split < 0 || !part.endsWith("\n")) {
                throw new IllegalArgumentException("a part of the description has paths, then schemas");
            }
            paths.append(part, PATHS.length(), split + 1);
            schemas.append(part, split + SCHEMAS.length(), part.length());
        }
        return paths.append(schemas).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String own() {
        try (InputStream in = Description.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the resource openapi.yaml is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
