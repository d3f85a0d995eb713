package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import java.time.Duration;

/** Lets misfortunes befall a world. Not thread-safe. */
final class Misfortunes {

    /** Clocks jump up to a day where other misfortunes last up to a minute. */
    private static final long JUMP_FACTOR = 1 << 10;

    private static final long SERVER_JUMP_FACTOR = 1 << 3;

    private static final int PPM = 8_000;

    private final World world;

    Misfortunes(World world) {
        this.world = world;
    }

    /** Counts each that happens; one that finds nothing to happen to is none. */
    void befall(Step.Misfortune misfortune) {
        DeviceNode device = world.fleet().get(misfortune.device());
        if (happens(misfortune, device)) {
            world.tally().happened(misfortune.fault());
        }
    }

    private boolean happens(Step.Misfortune misfortune, DeviceNode device) {
        int count = misfortune.count();
        int millis = (int) misfortune.millis();
        return switch (misfortune.fault()) {
            case LOSS, DUPLICATION, REORDERING, DELAY, TRUNCATION ->
                world.traffic().worsen(misfortune.fault());
            case PARTITION -> cut(device, millis);
            case CRASH -> device.up() && device.dieAfter(count, millis);
            case CLOCK_JUMP -> jump(device, misfortune);
            case CLOCK_DRIFT -> drift(device, count);
            case WRITE_ERROR -> trouble(device, misfortune);
            case SERVER_AWAY -> world.traffic().serverAway(millis);
            case SERVER_BUSY -> world.server().busy(1 + count / 2);
            case DEVICE_COPY -> count % 2 == 0 ? world.fleet().copy(device) : restoreDevice(device);
            case DEVICE_CLONE -> effect(Fault.DEVICE_CLONE, world.fleet().cloneOf(device));
            case SERVER_COPY -> count % 2 == 0 ? world.server().save() : restoreServer();
        };
    }

    private boolean effect(Fault fault, boolean happened) {
        if (happened) {
            world.tally().effect(fault);
        }
        return happened;
    }

    private boolean cut(DeviceNode device, int millis) {
        world.traffic().cut(device);
        world.time().after(Duration.ofMillis(millis), () -> {
            world.traffic().rejoin(device);
            device.feed(new Event.Wanted(device.clock().millis(), Event.Reason.NETWORK));
        });
        return true;
    }

    /** One jump in six is the server's, and is short: what was dated in a future that it left is refused until then. */
    private boolean jump(DeviceNode device, Step.Misfortune misfortune) {
        long millis = (misfortune.count() % 2 == 0 ? 1 : -1) * misfortune.millis();
        if (misfortune.count() > Step.Misfortune.COUNT_MAX - 2) {
            world.server().clock().jump(millis * SERVER_JUMP_FACTOR);
        } else {
            device.clock().jump(millis * JUMP_FACTOR);
        }
        return effect(Fault.CLOCK_JUMP, true);
    }

    private boolean drift(DeviceNode device, int count) {
        device.clock().drift((count - Step.Misfortune.COUNT_MAX / 2) * PPM);
        return effect(Fault.CLOCK_DRIFT, true);
    }

    private static boolean trouble(DeviceNode device, Step.Misfortune misfortune) {
        device.disk().trouble(misfortune.fault(), 1 + misfortune.count() / 3);
        return true;
    }

    private boolean restoreDevice(DeviceNode device) {
        boolean restored = world.fleet().restore(device);
        if (restored) {
            excuse();
        }
        return effect(Fault.DEVICE_COPY, restored);
    }

    private boolean restoreServer() {
        boolean restored = world.server().restore();
        if (restored) {
            world.traffic().serverDied();
            excuse();
        }
        return effect(Fault.SERVER_COPY, restored);
    }

    /** What only the thrown away store held is gone by a person's hand. */
    private void excuse() {
        world.ledger().excuseAllBut(Presence.of(world));
    }
}
