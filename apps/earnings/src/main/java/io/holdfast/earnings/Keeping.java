package io.holdfast.earnings;

import java.time.Duration;

/**
 * How much of a user's past is kept on a device. What goes stays with the server.
 *
 * @param bytesMax room that the file may take; near it the oldest of what the server has makes room
 * @param past what is older, settled and with the server, goes by itself
 */
public record Keeping(long bytesMax, Duration past) {

    private static final long BYTES_MIN = 512 << 10;

    /** Refuses less than the state itself needs. */
    public Keeping {
        if (bytesMax < BYTES_MIN || !past.isPositive()) {
            throw new IllegalArgumentException(
                    "a file may take " + BYTES_MIN + " bytes at least, and a past is positive");
        }
    }

    /** 64 MiB, 30 days. */
    public static Keeping defaults() {
        return new Keeping(64L << 20, Duration.ofDays(30));
    }

    /** The same with another limit. */
    public Keeping withBytesMax(long next) {
        return new Keeping(next, past);
    }

    /** From here on there is too little room left. */
    long near() {
        return bytesMax / 5 * 4;
    }
}
