package io.holdfast.earnings;

import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.clock.ClockSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What time it is for one device, counted on from reading to reading. What moves it, and every contradiction between the clocks,
 * is told to one listener. For one thread at a time.
 */
final class DeviceTime {

    private final ClockSource clock;
    private final Consumer<Anchor.Moved> onJump;
    private Optional<Anchor> anchor = Optional.empty();

    /** @param onJump hears of clocks that contradict each other, once the time has moved */
    DeviceTime(ClockSource clock, Consumer<Anchor.Moved> onJump) {
        this.clock = clock;
        this.onJump = onJump;
    }

    /** Goes on from where an earlier process was. */
    void resume(Optional<Anchor> last) {
        anchor = last;
    }

    /** Whether any time is known yet. */
    boolean known() {
        return anchor.isPresent();
    }

    /** The clocks as they stand; counts nothing. */
    ClockReading read() {
        return clock.read();
    }

    /** Counts on to now. */
    Anchor now() {
        return moved(at(clock.read()));
    }

    /**
     * Takes a server's word for what time it was at a reading.
     *
     * @return how far the server's time is ahead of what was counted, in microseconds, if no server had been heard of before:
     *     everything told so far was by this device's own clock then
     */
    Optional<Long> confirm(ClockReading reading, long serverMicros) {
        Anchor before = at(reading).anchor();
        Anchor.Moved moved = anchor.orElseGet(() -> Anchor.first(reading)).confirm(reading, serverMicros);
        if (before.basis() == Anchor.Basis.DEVICE) {
            anchor = Optional.of(moved.anchor());
            return Optional.of(serverMicros - before.micros());
        }
        moved(moved);
        return Optional.empty();
    }

    private Anchor.Moved at(ClockReading reading) {
        return anchor.map(last -> last.to(reading))
                .orElseGet(() -> new Anchor.Moved(Anchor.first(reading), Optional.empty()));
    }

    private Anchor moved(Anchor.Moved moved) {
        anchor = Optional.of(moved.anchor());
        if (moved.jump().isPresent()) {
            onJump.accept(moved);
        }
        return moved.anchor();
    }

    /** The time as it was counted last. */
    Anchor last() {
        return anchor.orElseThrow(() -> new IllegalStateException("no clock was read yet"));
    }
}
