package io.holdfast.server.system;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Time and chance as a server takes them. Thread-safe if its parts are.
 *
 * @param clock the time of day
 * @param ticker nanoseconds from any origin, never going back
 * @param random cryptographically strong outside of tests
 */
public record Machine(InstantSource clock, Ticker ticker, RandomGenerator random) {

    /** Those of this machine. */
    public static Machine real() {
        return new Machine(InstantSource.system(), System::nanoTime, new SecureRandom());
    }
}
