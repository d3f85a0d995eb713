package io.holdfast.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void countsBlankLinesAndLeavesThemOut() throws IOException {
        assertThat(read(new ByteArrayInputStream(utf8("a\n\r\n \t\nb\r\n\nc")))).containsExactly("1:a", "4:b\r", "6:c");
    }

    @Test
    void returnsEachLineAsSoonAsItIsThere() throws IOException {
        LineReader reader = new LineReader(new Trickle(utf8("one\ntwo\nthree")));
        assertThat(texts(reader.next())).containsExactly("1:one");
        assertThat(texts(reader.next())).containsExactly("2:two");
        assertThat(texts(reader.next())).containsExactly("3:three");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void takesALineOfExactlyTheLimitAndPassesOverALongerOne() throws IOException {
        byte[] text =
                utf8("x".repeat(LineReader.LINE_BYTES_MAX) + "\n" + "y".repeat(LineReader.LINE_BYTES_MAX + 1) + "\nz");
        LineReader reader = new LineReader(new ByteArrayInputStream(text));
        List<Line> lines = new ArrayList<>();
        for (List<Line> more = reader.next(); !more.isEmpty(); more = reader.next()) {
            lines.addAll(more);
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isInstanceOf(Line.Content.class);
        assertThat(lines.get(1)).isEqualTo(new Line.TooLong(2));
        assertThat(texts(lines.subList(2, 3))).containsExactly("3:z");
    }

    private static List<String> read(InputStream in) throws IOException {
        LineReader reader = new LineReader(in);
        List<String> all = new ArrayList<>();
        for (List<Line> lines = reader.next(); !lines.isEmpty(); lines = reader.next()) {
            all.addAll(texts(lines));
        }
        return all;
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream()
                .map(line -> switch (line) {
                    case Line.Content content ->
                        content.number() + ":" + new String(content.utf8(), StandardCharsets.UTF_8);
                    case Line.TooLong tooLong -> tooLong.number() + "!";
                })
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Gives one line a read, as a slow pipe does. */
    private static final class Trickle extends ByteArrayInputStream {
        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int end = pos;
            while (end < count && buf[end] != '\n') {
                end++;
            }
            return super.read(into, offset, Math.min(length, Math.max(1, end + 1 - pos)));
        }
    }
}
