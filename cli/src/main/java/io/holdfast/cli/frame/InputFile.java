package io.holdfast.cli.frame;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files that the command line names. Stateless. */
public final class InputFile {

    private InputFile() {}

    /**
     * All bytes of a file.
     *
     * @param bytesMax the most it may have
     * @throws HoldfastException USAGE if it cannot be read or is larger
     */
    public static byte[] read(Path file, int bytesMax) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw refused(file, "is larger than " + bytesMax + " bytes; give a smaller one");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw unreadable(file);
        }
    }

    /**
     * A stream of a file's bytes.
     *
     * @throws HoldfastException USAGE if it cannot be opened
     */
    public static InputStream open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(file);
            }
            return Files.newInputStream(file);
        } catch (IOException unreadable) {
            throw unreadable(file);
        }
    }

    private static HoldfastException unreadable(Path file) {
        String why = Files.exists(file) ? "cannot be read; check its permissions" : "does not exist; check the path";
        return refused(file, Files.isDirectory(file) ? "is a folder; name a file" : why);
    }

    private static HoldfastException refused(Path file, String why) {
        return new HoldfastException(
                ErrorCode.USAGE, "The file " + file + " " + why + ".", Map.of("file", file.toString()));
    }
}
