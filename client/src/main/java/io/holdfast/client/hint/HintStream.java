package io.holdfast.client.hint;

import io.holdfast.client.system.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the server's hints, and connects again by itself whenever the stream ends, breaks, or falls silent. Losing hints
 * costs nothing but time. Thread-safe.
 */
public final class HintStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HintStream.class);

    private final Source source;
    private final Listener listener;
    private final Machine machine;
    private final Pace pace;

    private boolean closed;
    private int failures;
    private long connection;
    private Machine.Running running = () -> {};
    private Machine.Alarm retry = () -> {};

    /** Opens the server's stream. */
    @FunctionalInterface
    public interface Source {
        /**
         * Opens it and waits until it is open.
         *
         * @throws IOException if it does not open
         */
        InputStream open() throws IOException, InterruptedException;
    }

    /** Hears the hints, on the stream's own thread; must be quick. */
    public interface Listener {
        /** The stream is open: the server is there. */
        void connected();

        /** The scope has reached a sequence. */
        void moved(long sequence);
    }

    /**
     * How patient the stream is.
     *
     * @param base upper bound of the wait before the second try; doubles with each further one
     * @param cap no wait is longer
     * @param silence after so long without a sign of life the stream is given up
     */
    public record Pace(Duration base, Duration cap, Duration silence) {
        /** One second, doubling to a minute; a minute and a half of silence. */
        public static Pace defaults() {
            return new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(90));
        }

        /** Bound of the wait after so many failures in a row, 1 or more. */
        private long boundMillis(int failures) {
            return Math.min(base.toMillis() << Math.min(failures - 1, 20), cap.toMillis());
        }
    }

    /** A stream that is not followed yet. */
    public HintStream(Source source, Listener listener, Machine machine, Pace pace) {
        this.source = source;
        this.listener = listener;
        this.machine = machine;
        this.pace = pace;
    }

    /** Follows the stream from now on. If it already does, or waits to, it connects anew at once. */
    public synchronized void connect() {
        failures = 0;
        retry.cancel();
        running.interrupt();
        start();
    }

    private synchronized void start() {
        if (!closed) {
            long number = ++connection;
            running = machine.start("hints", () -> follow(number));
        }
    }

    private void follow(long number) {
        try {
            new Following(source, listening(number), machine, pace.silence).run();
        } catch (IOException lost) {
            // Nothing is lost but time: an exchange says what moved meanwhile.
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error defect) {
            LOG.error("a defect while following hints; it is tried again", defect);
        } finally {
            again(number);
        }
    }

    /** What an older connection still brings is passed over. */
    private Listener listening(long number) {
        return new Listener() {
            @Override
            public void connected() {
                if (alive(number)) {
                    listener.connected();
                }
            }

            @Override
            public void moved(long sequence) {
                if (alive(number)) {
                    listener.moved(sequence);
                }
            }
        };
    }

    private synchronized boolean alive(long number) {
        if (closed || connection != number) {
            return false;
        }
        failures = 0;
        return true;
    }

    /** Waits with full jitter, as the retries of messages do, and connects again. */
    private synchronized void again(long number) {
        if (!closed && connection == number) {
            failures++;
            long delay = machine.random().nextLong(pace.boundMillis(failures) + 1);
            retry = machine.after(Duration.ofMillis(delay), this::start);
        }
    }

    /** Stops following. */
    @Override
    public synchronized void close() {
        closed = true;
        retry.cancel();
        running.interrupt();
    }
}
