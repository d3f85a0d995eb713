package io.holdfast.server.http.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.holdfast.testkit.gen.Damage;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes from others over the inputs that are kept, whole and damaged; the search for new ones is tagged {@code fuzz}. */
class UntrustedTest {

    private static final int DAMAGED = 1_000;
    private static final int BLANKS = 200_000;

    @ParameterizedTest
    @EnumSource
    void isReadOrRefused(Untrusted input) {
        assertThat(kept(input)).isNotEmpty().allSatisfy(input::check);
    }

    @ParameterizedTest
    @EnumSource
    void isReadOrRefusedWhenDamaged(Untrusted input) {
        List<byte[]> kept = kept(input);
        Property.of(input + " damaged")
                .tries(DAMAGED)
                .forAll(
                        choices ->
                                Damage.of(kept.get(choices.index(kept.size()))).next(choices),
                        input::check);
    }

    @Test
    @Timeout(5)
    void aFilterOfBlanksIsGoneThroughOnce() {
        Untrusted.FILTER.check(("potency" + " ".repeat(BLANKS) + "x").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<byte[]> kept(Untrusted input) {
        List<byte[]> kept = new ArrayList<>(files(input));
        if (input == Untrusted.ZSTD) {
            byte[] plain = new byte[5_000];
            Arrays.fill(plain, 0, 2_000, (byte) 'a');
            kept.add(Zstd.compress(plain));
            kept.add(Zstd.compress("{}".getBytes(StandardCharsets.UTF_8)));
        }
        return kept;
    }

    private static List<byte[]> files(Untrusted input) {
        String test = input.name().charAt(0) + input.name().substring(1).toLowerCase(Locale.ROOT);
        Optional<URL> folder =
                Optional.ofNullable(UntrustedTest.class.getResource(test + "FuzzTestInputs/refusesOrReads"));
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.get().toURI()))) {
            return files.sorted().map(UntrustedTest::bytes).toList();
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
