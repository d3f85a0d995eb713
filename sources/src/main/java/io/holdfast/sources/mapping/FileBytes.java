package io.holdfast.sources.mapping;

import io.holdfast.core.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells files by what is in them. Stateless. */
final class FileBytes {

    private static final int PART_BYTES = 1 << 16;

    private FileBytes() {}

    /** SHA-256 of a file's bytes, in hexadecimal. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Sha256 sha = new Sha256();
            for (byte[] part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
                sha.bytes(part);
            }
            return sha.hex();
        }
    }
}
