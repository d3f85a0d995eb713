package io.holdfast.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Damage;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every decoder over the inputs that are kept for it, whole and damaged. The search for new ones, guided by coverage, is that of the
 * tests tagged {@code fuzz}, which keep their inputs in the same folders.
 */
class DecoderTest {

    private static final int DAMAGED = 1_500;

    @ParameterizedTest
    @EnumSource
    void readsOrRefusesWhatIsKept(Decoder decoder) {
        assertThat(kept(decoder)).isNotEmpty().allSatisfy(decoder::check);
    }

    @ParameterizedTest
    @EnumSource
    void readsOrRefusesWhatIsDamaged(Decoder decoder) {
        List<byte[]> kept = kept(decoder);
        Property.of(decoder + " of damaged input")
                .tries(DAMAGED)
                .forAll(
                        choices ->
                                Damage.of(kept.get(choices.index(kept.size()))).next(choices),
                        decoder::check);
    }

    private static List<byte[]> kept(Decoder decoder) {
        String test = Arrays.stream(decoder.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        URL folder =
                Objects.requireNonNull(DecoderTest.class.getResource(test + "FuzzTestInputs/refusesOrReads"), test);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().map(DecoderTest::bytes).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
