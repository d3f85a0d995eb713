package io.holdfast.server.http.body;

import java.util.Locale;
import java.util.Optional;

/** A content coding (RFC 9110, section 8.4.1) that is spoken here. */
public enum Encoding {
    /** As it is. */
    IDENTITY("identity"),
    /** RFC 1952. */
    GZIP("gzip"),
    /** RFC 8878. */
    ZSTD("zstd");

    private final String token;

    Encoding(String token) {
        this.token = token;
    }

    /** The name in headers. */
    public String token() {
        return token;
    }

    /** The coding of that name; {@code x-gzip} is gzip. Empty for a name that is not spoken here, and for a list of names. */
    public static Optional<Encoding> of(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }
}
