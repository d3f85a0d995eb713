package io.holdfast.client.hint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6), as far as a stream of hints needs: names and data, no ids. Not
 * thread-safe.
 */
final class EventReader {

    private static final int LINE_BYTES_MAX = 1 << 14;
    private static final int DATA_LENGTH_MAX = 1 << 14;

    private final InputStream in;
    private final Runnable alive;
    private boolean afterReturn;

    /** @param alive is run for every line, also for those that only show that the stream lives */
    EventReader(InputStream in, Runnable alive) {
        this.in = in;
        this.alive = alive;
    }

    /** One event. */
    record Event(String name, String data) {}

    /**
     * Waits for the next event; empty at the end of the stream. An event that the end cuts off is dropped.
     *
     * @throws IOException if the stream breaks, or a line or an event is longer than any hint
     */
    Optional<Event> next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            alive.run();
            String text = line.get();
            if (text.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(new Event(name, data.substring(0, data.length() - 1)));
                }
                name = "message";
                continue;
            }
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : unspaced(text.substring(colon + 1));
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.append(value).append('\n');
                default -> {}
            }
            if (data.length() > DATA_LENGTH_MAX) {
                throw new IOException("an event is longer than any hint");
            }
        }
        return Optional.empty();
    }

    private static String unspaced(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** The next line without its end, which is CR, LF or both; empty at the end of the stream, even if a line had begun. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next >= 0; next = in.read()) {
            boolean second = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (second) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() == LINE_BYTES_MAX) {
                throw new IOException("a line is longer than any hint");
            }
            line.write(next);
        }
        return Optional.empty();
    }
}
