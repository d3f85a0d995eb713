package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * The failing cases of one property, kept as a file: one line of choices for each; lines that begin with {@code #} are for people.
 * A case stays when it passes again, as a regression test. If the generator changes, its old cases become other cases.
 */
final class Regressions {

    private final Path file;

    /** Keeps the cases of the property {@code name} in {@code folder}, in a file named after it. */
    Regressions(Path folder, String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        this.file = folder.resolve(slug + ".choices");
    }

    /** Returns the cases in the order in which they were found. */
    List<long[]> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Recording::parse)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The regression file " + file + " cannot be read.", failure);
        } catch (NumberFormatException malformed) {
            throw new IllegalStateException(
                    "The regression file " + file
                            + " holds a line that is no list of hexadecimal choices; correct or delete it.",
                    malformed);
        }
    }

    /** Adds a case unless it is there; {@code description} is for people. */
    void add(Recording recording, String description) throws IOException {
        if (read().stream().anyMatch(known -> Recording.compare(known, recording.choices()) == 0)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        String text = "# " + description.replaceAll("\\R", " ") + "\n" + recording + "\n";
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
