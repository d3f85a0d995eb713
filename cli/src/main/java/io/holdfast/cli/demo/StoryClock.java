package io.holdfast.cli.demo;

import io.holdfast.client.system.Machine;
import io.holdfast.client.system.SystemMachine;
import io.holdfast.earnings.EarningsOptions;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.clock.ClockSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Time that passes only when the story says so, so that hours are over at once and everything is known exactly. Thread-safe. */
final class StoryClock implements InstantSource {

    private final Instant begin;
    private final AtomicReference<Instant> now;

    StoryClock(Instant begin) {
        this.begin = begin.truncatedTo(ChronoUnit.MILLIS);
        now = new AtomicReference<>(this.begin);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** So much time goes by. */
    void pass(Duration span) {
        now.updateAndGet(time -> time.plus(span));
    }

    /** One device's own clock, which its owner may set. Thread-safe. */
    final class Wall implements ClockSource {
        private final String name;
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        Wall(String name) {
            this.name = name;
        }

        /** Somebody sets it. */
        void set(Duration forward) {
            ahead.updateAndGet(before -> before.plus(forward));
        }

        private Instant time() {
            return instant().plus(ahead.get());
        }

        @Override
        public ClockReading read() {
            long ticks = ChronoUnit.MICROS.between(begin, instant());
            return new ClockReading(ChronoUnit.MICROS.between(Instant.EPOCH, time()), "demo-" + name, ticks, true);
        }

        /** Earnings by this clock, on the threads of this machine. */
        EarningsOptions options() {
            EarningsOptions defaults = EarningsOptions.defaults();
            return defaults.withMachine(defaults.store().withClock(this::time), this, () -> new Threads(this::time));
        }
    }

    /** The threads of the real machine, by a clock of the story. */
    private record Threads(SystemMachine machine, InstantSource clock) implements Machine {
        Threads(InstantSource clock) {
            this(new SystemMachine("demo-earnings"), clock);
        }

        @Override
        public RandomGenerator random() {
            return machine.random();
        }

        @Override
        public Executor worker() {
            return machine.worker();
        }

        @Override
        public Running start(String name, Runnable task) {
            return machine.start(name, task);
        }

        @Override
        public Alarm after(Duration delay, Runnable task) {
            return machine.after(delay, task);
        }

        @Override
        public void close() {
            machine.close();
        }
    }
}
