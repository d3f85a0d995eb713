package io.holdfast.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of JSONTestSuite, see {@code SOURCES.md} beside them. */
class JsonTestSuiteTest {

    /** Valid JSON that Holdfast refuses all the same: a name twice (RFC 8785 demands I-JSON), and NUL, which PostgreSQL cannot hold. */
    private static final Set<String> REFUSED_ON_PURPOSE = Set.of(
            "y_object_duplicated_key.json",
            "y_object_duplicated_key_and_value.json",
            "y_object_escaped_null_in_key.json",
            "y_string_null_escape.json");

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatIsJson(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        if (REFUSED_ON_PURPOSE.contains(file.getFileName().toString())) {
            assertThatThrownBy(() -> CanonicalJson.of(text)).isInstanceOf(JsonRefusedException.class);
        } else {
            String canonical = CanonicalJson.of(text);
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsNotJson(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        assertThatThrownBy(() -> CanonicalJson.of(text)).isInstanceOf(JsonRefusedException.class);
    }

    @ParameterizedTest
    @MethodSource("open")
    void neverFailsOnWhatTheStandardLeavesOpen(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        try {
            String canonical = CanonicalJson.of(text);
            assertThat(CanonicalJson.isCanonical(canonical)).isTrue();
        } catch (JsonRefusedException refused) {
            assertThat(refused.detail()).isNotBlank();
        }
    }

    @Test
    void hasAllTexts() {
        assertThat(accepted()).hasSize(95);
        assertThat(refused()).hasSize(176);
        assertThat(open()).hasSize(22);
    }

    static List<Path> accepted() {
        return files("y_");
    }

    static List<Path> refused() {
        return files("n_");
    }

    static List<Path> open() {
        return files("i_");
    }

    private static List<Path> files(String prefix) {
        URL folder = Objects.requireNonNull(JsonTestSuiteTest.class.getResource("parsing"), "parsing");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
