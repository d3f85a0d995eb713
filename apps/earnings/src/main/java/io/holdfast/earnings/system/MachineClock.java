package io.holdfast.earnings.system;

import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.clock.ClockSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The clocks of this machine. Where Linux tells them: the time since boot, sleep included, and the boot's id, so that time is
 * counted across restarts of the process whatever is done to the time of day. Elsewhere the JVM's monotonic clock, which
 * ends with the process and may stand still while the machine sleeps. Thread-safe.
 */
public final class MachineClock implements ClockSource {

    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final String process = "process-" + UUID.randomUUID();

    @Override
    public ClockReading read() {
        try {
            String boot = Files.readString(BOOT).strip();
            String uptime = Files.readString(UPTIME);
            long tick = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1_000_000);
            return new ClockReading(wall(), "boot-" + boot, tick, true);
        } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException notLinux) {
            return new ClockReading(wall(), process, Math.max(0, System.nanoTime() / 1_000), false);
        }
    }

    private static long wall() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
