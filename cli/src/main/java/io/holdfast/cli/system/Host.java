package io.holdfast.cli.system;

import io.holdfast.client.system.Machine;
import io.holdfast.client.system.SystemMachine;
import io.holdfast.store.system.SystemSources;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The machine that a command runs on. Thread-safe if its parts are.
 *
 * @param clock the time of day
 * @param random cryptographically strong outside of tests
 * @param environment the process's variables
 * @param person who is signed in; decisions are recorded under this name
 */
public record Host(InstantSource clock, RandomGenerator random, Map<String, String> environment, String person) {

    /** Moves the clock by an ISO 8601 duration, to try out a device whose clock is wrong. */
    private static final String CLOCK_SHIFT_PROPERTY = "holdfast.clock.shift";

    /** Copies. */
    public Host {
        environment = Map.copyOf(environment);
    }

    /** This one. */
    public static Host real() {
        return new Host(
                clock(SystemSources.clock()),
                SystemSources.random(),
                System.getenv(),
                System.getProperty("user.name", "somebody"));
    }

    private static InstantSource clock(InstantSource machine) {
        String shift = System.getProperty(CLOCK_SHIFT_PROPERTY, "");
        if (shift.isEmpty()) {
            return machine;
        }
        try {
            Duration offset = Duration.parse(shift);
            return () -> machine.instant().plus(offset);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException(
                    "write " + CLOCK_SHIFT_PROPERTY + " as an ISO 8601 duration, such as PT24H", malformed);
        }
    }

    /**
     * The threads of this machine by the host's clock, so that a store and its client never disagree about the time.
     *
     * @param name shows in the names of threads
     */
    public Machine machine(String name) {
        return new SystemMachine(name, clock, random);
    }

    /** A variable of the environment, unless it is not set or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
