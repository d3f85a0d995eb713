package io.holdfast.server.run.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolSortTest {

    @TempDir
    private Path folder;

    @Test
    void sortsWhatIsWantedHoweverLittleMemoryThereIs() {
        Property.of("an external sort gives what a sort in memory gives")
                .tries(300)
                .forAll(Gens.bytes(0, 6).list(0, 40), Gens.ints(0, 400), (all, memory) -> {
                    List<byte[]> expected = new ArrayList<>(
                            all.stream().filter(bytes -> bytes.length != 3).toList());
                    expected.sort(Arrays::compareUnsigned);
                    try (Spool spool = Spool.in(folder)) {
                        all.forEach(spool::add);
                        try (SpoolSort sort = SpoolSort.of(
                                spool, bytes -> bytes.length != 3, Arrays::compareUnsigned, folder, memory)) {
                            assertThat(read(sort)).isEqualTo(strings(expected));
                        }
                    }
                });
    }

    private static List<String> read(SpoolSort sort) {
        List<byte[]> read = new ArrayList<>();
        for (Optional<byte[]> next = sort.next(); next.isPresent(); next = sort.next()) {
            read.add(next.get());
        }
        return strings(read);
    }

    private static List<String> strings(List<byte[]> all) {
        return all.stream().map(Arrays::toString).toList();
    }

    /** Far more than a buffer, in byte strings larger and smaller than it. */
    @Test
    void keepsWhatGoesThroughAFileAndLeavesNoFileBehind() throws IOException {
        try (Spool spool = Spool.in(folder)) {
            for (int i = 0; i < 400; i++) {
                spool.add(bytes(i));
            }
            for (int reading = 0; reading < 2; reading++) {
                Spool.Cursor cursor = spool.read();
                for (int i = 0; i < 400; i++) {
                    assertThat(cursor.next().orElseThrow()).isEqualTo(bytes(i));
                }
                assertThat(cursor.next()).isEmpty();
            }
            assertThat(spool.count()).isEqualTo(400);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] bytes(int i) {
        byte[] bytes = new byte[i % 50 == 7 ? 100_000 : i * 5 % 3_000];
        Arrays.fill(bytes, (byte) i);
        return bytes;
    }
}
