package io.holdfast.cli.bench.system;

/** Measures elapsed time with the machine's monotonic clock. Immutable. */
public final class Stopwatch {

    private final long startNanos;

    private Stopwatch(long startNanos) {
        this.startNanos = startNanos;
    }

    /** A stopwatch that starts now. */
    public static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    /** Nanoseconds since the start. */
    public long nanos() {
        return System.nanoTime() - startNanos;
    }

    /** Seconds since the start. */
    public double seconds() {
        return nanos() / 1e9;
    }

    /** Milliseconds since the start. */
    public double millis() {
        return nanos() / 1e6;
    }
}
