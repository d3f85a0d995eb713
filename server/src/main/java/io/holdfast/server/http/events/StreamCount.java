package io.holdfast.server.http.events;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.HashMap;
import java.util.Map;

/** Bounds the event streams of each principal. Thread-safe. */
public final class StreamCount {

    private static final String RETRY_SECONDS = "30";

    private final int perPrincipal;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    /** @param perPrincipal most streams of one principal */
    public StreamCount(int perPrincipal) {
        this.perPrincipal = perPrincipal;
    }

    /** One open stream; over when closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Counts one more stream.
     *
     * @throws HttpRefusal RATE_LIMITED
     */
    public synchronized Place take(String principal) {
        int count = open.getOrDefault(principal, 0);
        if (count >= perPrincipal) {
            throw HttpRefusal.withHeaders(
                    ErrorCode.RATE_LIMITED,
                    "There are " + count + " event streams open with this token's principal; close one first.",
                    Map.of("Retry-After", RETRY_SECONDS));
        }
        open.put(principal, count + 1);
        all++;
        return () -> release(principal);
    }

    private synchronized void release(String principal) {
        open.computeIfPresent(principal, (name, count) -> count == 1 ? null : count - 1);
        all--;
    }

    /** Streams open now. */
    public synchronized int all() {
        return all;
    }
}
