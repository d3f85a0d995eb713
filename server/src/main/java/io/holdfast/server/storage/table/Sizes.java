package io.holdfast.server.storage.table;

import org.jspecify.annotations.Nullable;

/** About how many bytes a carrier takes where it is stored or sent. */
final class Sizes {

    private Sizes() {}

    static int of(@Nullable Object carrier) {
        return switch (carrier) {
            case null -> 0;
            case String text -> utf8(text);
            case byte[] bytes -> bytes.length;
            default -> Long.BYTES;
        };
    }

    /** Each half of a surrogate pair counts 2, so pairs come to 4. */
    private static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
