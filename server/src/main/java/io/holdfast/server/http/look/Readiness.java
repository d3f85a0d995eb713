package io.holdfast.server.http.look;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whether something answers that may take long to answer: one caller asks, at most once a second; the others hear what was found
 * last, be it a failure. Thread-safe.
 */
final class Readiness {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What was found last says nothing any more, of something that has not answered since. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final Supplier<String> question;
    private final Ticker ticker;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Found found;

    /**
     * Asks for the first time at once.
     *
     * @param question its failures are remembered as well
     * @param ticker nanoseconds from any origin
     */
    Readiness(Supplier<String> question, Ticker ticker) {
        this.question = question;
        this.ticker = ticker;
        this.found = new Found(ticker.read() - STALE.toNanos(), () -> "");
    }

    private record Found(long atNanos, Supplier<String> answer) {}

    /**
     * The last answer.
     *
     * @throws HoldfastException as the question did; UNAVAILABLE if it has no answer yet, and the one before is too old
     */
    String answer() {
        if (age() >= FRESH.toNanos()) {
            if (asking.tryLock()) {
                try {
                    ask();
                } finally {
                    asking.unlock();
                }
            } else if (age() >= STALE.toNanos()) {
                throw new HoldfastException(
                        ErrorCode.UNAVAILABLE, "The database has not answered yet. Ask again in a moment.");
            }
        }
        return found.answer().get();
    }

    private long age() {
        return ticker.read() - found.atNanos();
    }

    /** Whoever got the lock just after another asked finds a fresh answer. */
    private void ask() {
        if (age() < FRESH.toNanos()) {
            return;
        }
        Supplier<String> answer = heard();
        found = new Found(ticker.read(), answer);
    }

    private Supplier<String> heard() {
        try {
            String text = question.get();
            return () -> text;
        } catch (HoldfastException failure) {
            return () -> {
                throw failure;
            };
        }
    }
}
