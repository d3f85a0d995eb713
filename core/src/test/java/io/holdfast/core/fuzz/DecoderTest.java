package io.holdfast.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gens;
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
                .forAll(choices -> damaged(kept.get(choices.index(kept.size())), choices), decoder::check);
    }

    private static byte[] damaged(byte[] whole, Choices choices) {
        byte[] damaged = whole;
        for (int left = choices.index(4); left >= 0; left--) {
            int from = choices.index(damaged.length + 1);
            int to = Math.min(damaged.length, from + choices.index(6));
            byte[] between = choices.index(4) == 0
                    ? Arrays.copyOfRange(damaged, to, Math.min(damaged.length, to + choices.index(40)))
                    : Gens.bytes(0, 4).next(choices);
            byte[] next = new byte[from + between.length + damaged.length - to];
            System.arraycopy(damaged, 0, next, 0, from);
            System.arraycopy(between, 0, next, from, between.length);
            System.arraycopy(damaged, to, next, from + between.length, damaged.length - to);
            damaged = next;
        }
        return damaged;
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
