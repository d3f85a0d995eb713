package io.holdfast.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise whose test was renamed or removed must not go on being promised. */
class GuaranteesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, Path> classes = classes();
        TreeSet<String> named = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([a-z][A-Za-z]+))?`")
                .matcher(shownBy())
                .results()
                .map(match -> match.group(2) == null ? match.group(1) : match.group(1) + "." + match.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(20).allSatisfy(name -> {
            String[] parts = name.split("\\.");
            assertThat(classes).containsKey(parts[0]);
            if (parts.length == 2) {
                assertThat(Files.readString(classes.get(parts[0]))).contains("void " + parts[1] + "()");
            }
        });
    }

    /** The last column of every table. */
    private static String shownBy() throws IOException {
        return Files.readString(ROOT.resolve("docs/guarantees.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Promise"))
                .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
    }
}
