package io.holdfast.cli.earnings;

import io.holdfast.cli.system.Host;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.clock.ClockSource;
import io.holdfast.earnings.system.MachineClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clocks, with the time of day that the host tells: who shifts it to try that out shifts this one, too. */
final class HostClock implements ClockSource {

    private final Host host;
    private final ClockSource machine = new MachineClock();

    HostClock(Host host) {
        this.host = host;
    }

    @Override
    public ClockReading read() {
        ClockReading reading = machine.read();
        long wall = ChronoUnit.MICROS.between(Instant.EPOCH, host.clock().instant());
        return new ClockReading(wall, reading.source(), reading.tickMicros(), reading.countsSleep());
    }
}
