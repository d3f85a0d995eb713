package io.holdfast.sources.sheet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Which state of a file is being read: its size, its time and its identity. A writer that keeps all three goes unseen.
 * Immutable.
 */
public record FileMark(
        Path file, long bytes, FileTime modified, @Nullable Object identity) {

    /**
     * The state of now.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_CHANGED if the file is gone
     */
    public static FileMark of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileMark(file, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (IOException gone) {
            throw new SheetFailures(file).changed();
        }
    }

    /**
     * Sees to it that the file is still as it was.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_CHANGED
     */
    public void check() {
        if (!equals(of(file))) {
            throw new SheetFailures(file).changed();
        }
    }
}
