package io.holdfast.server.run.write;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Does again what failed for a reason that passes: three times, after pauses that double. Immutable.
 *
 * @param first the pause before the first repetition
 * @param most repetitions; 0 for none
 * @param pause waits
 * @param listener hears of each repetition before it is tried
 */
public record Attempts(Duration first, int most, Pause pause, Listener listener) {

    /** As many as a run makes. */
    public static final int REPETITIONS = 3;

    /** As long as a run waits first. */
    public static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Set<ErrorCode> PASSING = EnumSet.of(
            ErrorCode.DATABASE_UNREACHABLE,
            ErrorCode.UNAVAILABLE,
            ErrorCode.SERVER_UNREACHABLE,
            ErrorCode.RATE_LIMITED,
            ErrorCode.SOURCE_CHANGED);

    /** Hears of repetitions. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something failed and is tried again.
         *
         * @param attempt which repetition, from 1
         */
        void again(HoldfastException failure, int attempt);
    }

    /** Whether a failure may pass by itself. */
    public static boolean passing(HoldfastException failure) {
        return PASSING.contains(failure.code());
    }

    /**
     * Does the work, again if it has to be.
     *
     * @throws HoldfastException the last failure; CANCELLED if the thread was interrupted while it waited
     */
    public <T> T of(Supplier<T> work) {
        Duration wait = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (HoldfastException failure) {
                if (attempt > most || !passing(failure)) {
                    throw failure;
                }
                listener.again(failure, attempt);
            }
            sleep(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private void sleep(Duration length) {
        try {
            pause.forTime(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.CANCELLED, "The run was interrupted while it waited.", e);
        }
    }
}
