package io.holdfast.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise whose test was renamed or removed must not go on being promised. */
class GuaranteesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([a-zM][A-Za-z0-9_]+))?`");

    @ParameterizedTest
    @ValueSource(
            strings = {"docs/guarantees.md", "docs/apps/sellers-properties.md", "docs/apps/earnings-properties.md"})
    void everyTestThatIsNamedExists(String page) throws IOException {
        Map<String, Path> classes = classes();
        TreeSet<String> named = TEST.matcher(shownBy(page))
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

    @ParameterizedTest
    @CsvSource({"docs/apps/sellers-properties.md, V, 46", "docs/apps/earnings-properties.md, M, 32"})
    void everyPropertyHasATestOfItsName(String page, String letter, int count) throws IOException {
        List<String> rows = rows(page);
        assertThat(rows).hasSize(count);
        for (int i = 1; i <= count; i++) {
            String id = letter + "%02d".formatted(i);
            // A test of several properties names them one after the other: M04_M12_...
            assertThat(rows.get(i - 1))
                    .startsWith("| " + id + " | ")
                    .containsPattern("\\.(?:M\\d\\d_)*(?:" + id.toLowerCase(Locale.ROOT) + "[A-Z]|" + id + "_)");
        }
    }

    /** The third column of every table. */
    private static String shownBy(String page) throws IOException {
        return rows(page).stream().map(row -> row.split("\\|", -1)[3]).collect(Collectors.joining("\n"));
    }

    /** The rows of every table, without their heads. */
    private static List<String> rows(String page) throws IOException {
        return Files.readString(ROOT.resolve(page))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Promise") && !line.startsWith("| | "))
                .toList();
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
