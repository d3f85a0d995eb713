package io.holdfast.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an address answers. */
public sealed interface Answer {

    /** The media type of most answers. */
    String JSON = "application/json";

    /**
     * An answer that is known as a whole; compressed on its way if the client can read that.
     *
     * @param headers beside those that every answer has
     */
    record Whole(int status, String mediaType, byte[] body, Map<String, String> headers) implements Answer {
        /** Copies the headers; the body is handed over. */
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer that is written as it comes about, and may never end by itself.
     *
     * @param held given back when the answer is over, also if the client is gone before the first byte
     */
    record Stream(String mediaType, Held held, Writer writer) implements Answer {
        /** One that keeps nothing from others. */
        public Stream(String mediaType, Writer writer) {
            this(mediaType, () -> {}, writer);
        }
    }

    /** What an answer keeps from others. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Writes a stream, on the request's own virtual thread. */
    @FunctionalInterface
    interface Writer {
        /** Returns when the stream is over; fails when the client is gone. */
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** JSON, with status 200. */
    static Answer json(byte[] body) {
        return new Whole(200, JSON, body, Map.of());
    }

    /** JSON, with status 200. */
    static Answer json(String body) {
        return json(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing but headers, with status 204. */
    static Answer nothing(Map<String, String> headers) {
        return new Whole(204, "", new byte[0], headers);
    }
}
