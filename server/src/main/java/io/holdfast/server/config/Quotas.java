package io.holdfast.server.config;

import io.holdfast.core.Limits;

/**
 * How much one principal, one address and all together may ask of the server.
 *
 * @param requestsPerMinute of one principal; as many may come at once after a pause
 * @param failuresPerMinute refused tokens from one address, before it has to wait
 * @param concurrentMax requests answered at once
 * @param connectionsMax open connections
 * @param eventStreamsMax event streams of one principal
 * @param bodyMemoryBytes memory of all request bodies together; at least twice the largest body
 */
public record Quotas(
        int requestsPerMinute,
        int failuresPerMinute,
        int concurrentMax,
        int connectionsMax,
        int eventStreamsMax,
        long bodyMemoryBytes) {

    private static final long BODY_MEMORY_MIN = 2L * Limits.BODY_BYTES_MAX;

    /** Fit for a few thousand devices on a small machine. */
    public static Quotas defaults() {
        return new Quotas(60_000, 20, 256, 4_000, 16, 2 * BODY_MEMORY_MIN);
    }

    /** Checks that everything is allowed at least once. */
    public Quotas {
        if (requestsPerMinute < 1
                || failuresPerMinute < 1
                || concurrentMax < 1
                || connectionsMax < 1
                || eventStreamsMax < 1) {
            throw new IllegalArgumentException("a quota is 1 or more");
        }
        if (bodyMemoryBytes < BODY_MEMORY_MIN) {
            throw new IllegalArgumentException("the memory for bodies is " + BODY_MEMORY_MIN + " bytes or more");
        }
    }

    /** The same with another number of requests a minute for each principal. */
    public Quotas withRequestsPerMinute(int number) {
        return new Quotas(number, failuresPerMinute, concurrentMax, connectionsMax, eventStreamsMax, bodyMemoryBytes);
    }

    /** The same with another number of refused tokens a minute for each address. */
    public Quotas withFailuresPerMinute(int number) {
        return new Quotas(requestsPerMinute, number, concurrentMax, connectionsMax, eventStreamsMax, bodyMemoryBytes);
    }

    /** The same with another number of requests at once. */
    public Quotas withConcurrentMax(int number) {
        return new Quotas(
                requestsPerMinute, failuresPerMinute, number, connectionsMax, eventStreamsMax, bodyMemoryBytes);
    }

    /** The same with another number of open connections. */
    public Quotas withConnectionsMax(int number) {
        return new Quotas(
                requestsPerMinute, failuresPerMinute, concurrentMax, number, eventStreamsMax, bodyMemoryBytes);
    }

    /** The same with another number of event streams for each principal. */
    public Quotas withEventStreamsMax(int number) {
        return new Quotas(requestsPerMinute, failuresPerMinute, concurrentMax, connectionsMax, number, bodyMemoryBytes);
    }

    /** The same with other memory for bodies. */
    public Quotas withBodyMemoryBytes(long bytes) {
        return new Quotas(requestsPerMinute, failuresPerMinute, concurrentMax, connectionsMax, eventStreamsMax, bytes);
    }
}
