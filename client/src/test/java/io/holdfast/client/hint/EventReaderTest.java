package io.holdfast.client.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private static List<EventReader.Event> read(byte[] stream) throws IOException {
        EventReader reader = new EventReader(new ByteArrayInputStream(stream), () -> {});
        List<EventReader.Event> events = new ArrayList<>();
        for (Optional<EventReader.Event> next = reader.next(); next.isPresent(); next = reader.next()) {
            events.add(next.get());
        }
        return events;
    }

    private static List<EventReader.Event> read(String stream) throws IOException {
        return read(stream.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsEventsWithAnyLineEnd() throws IOException {
        EventReader.Event event = new EventReader.Event("moved", "{\"sequence\":1}");
        for (String end : List.of("\n", "\r", "\r\n")) {
            String one = "event: moved" + end + "data: {\"sequence\":1}" + end + end;
            assertThat(read("retry: 2000" + end + end + one + ":" + end + end + one))
                    .containsExactly(event, event);
        }
    }

    @Test
    void joinsLinesOfDataAndForgetsTheNameAfterEachEvent() throws IOException {
        assertThat(read("event:a\ndata:1\ndata:  2\n\nid\ndata\n\nevent:lost\n\ndata:3\n\n"))
                .containsExactly(
                        new EventReader.Event("a", "1\n 2"),
                        new EventReader.Event("message", ""),
                        new EventReader.Event("message", "3"));
    }

    @Test
    void dropsWhatTheEndCutsOff() throws IOException {
        assertThat(read("data: 1\n\ndata: 2\n")).containsExactly(new EventReader.Event("message", "1"));
        assertThat(read("data: 1")).isEmpty();
    }

    @Test
    void showsEveryLineAsASignOfLife() throws IOException {
        AtomicInteger signs = new AtomicInteger();
        byte[] stream = ":\n\n:\n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(new EventReader(new ByteArrayInputStream(stream), signs::incrementAndGet).next())
                .isEmpty();
        assertThat(signs).hasValue(4);
    }

    @Test
    void bearsNoEndlessLineAndNoEndlessEvent() {
        assertThatThrownBy(() -> read("x".repeat(1 << 15))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("data: 12345678\n".repeat(1 << 13))).isInstanceOf(IOException.class);
    }

    @Test
    void anyBytesAreReadToTheirEndOrRefused() {
        Property.of("no stream of bytes breaks the reader")
                .forAll(Gens.bytes(0, 200), bytes -> assertThat(read(bytes)).isNotNull());
    }
}
