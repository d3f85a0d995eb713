package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import io.holdfast.simulation.check.Checker;
import java.time.Duration;

/** Lets misfortunes befall a world. Not thread-safe. */
final class Misfortunes {

    /** Clocks jump up to a day where other misfortunes last up to a minute. */
    private static final long JUMP_FACTOR = 1 << 10;

    private static final long SERVER_JUMP_FACTOR = 1 << 3;

    private static final int PPM = 8_000;

    /** A person has to notice first. */
    private static final long REVOCATION_FACTOR = 8;

    private final World world;
    private boolean over;

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

    /** From now on none begins; those that lie upon the world may end. */
    void calm() {
        over = true;
    }

    private boolean happens(Step.Misfortune misfortune, DeviceNode device) {
        int count = misfortune.count();
        int millis = (int) misfortune.millis();
        return switch (misfortune.fault()) {
            case LOSS, DUPLICATION, REORDERING, DELAY, TRUNCATION ->
                world.traffic().worsen(misfortune.fault());
            case PARTITION -> {
                world.traffic().cut(device);
                yield rejoinLater(device, millis);
            }
            case HALF_OPEN -> {
                world.traffic().halfOpen(device, count % 2 == 0);
                yield rejoinLater(device, millis);
            }
            case CRASH -> device.up() && device.dieAfter(count, millis);
            case CLOCK_JUMP -> jump(device, misfortune);
            case CLOCK_DRIFT -> drift(device, (count - Step.Misfortune.COUNT_MAX / 2) * PPM, Fault.CLOCK_DRIFT);
            case CLOCK_FROZEN -> freeze(device, millis);
            case WRITE_ERROR, TORN_WRITE, DISK_FULL, READ_ERROR -> {
                device.disk().trouble(misfortune);
                yield true;
            }
            case LOST_WRITE -> loseWrites(device, millis);
            case BIT_FLIP -> flipBit(misfortune, device);
            case SCHEMA_UPGRADE ->
                effect(
                        Fault.SCHEMA_UPGRADE,
                        count % 4 == 0
                                ? world.server().upgrade()
                                : world.fleet().upgrade(device));
            case TOKEN_EXPIRY -> refuse(device, Access.EXPIRED, millis);
            case TOKEN_REVOCATION -> refuse(device, Access.REVOKED, millis * REVOCATION_FACTOR);
            case PERMISSION_CHANGE -> refuse(device, count % 2 == 0 ? Access.READING : Access.NONE, millis);
            case SERVER_AWAY -> world.traffic().serverAway(millis);
            case SERVER_BUSY -> world.server().busy(1 + count / 2);
            case DEVICE_COPY -> count % 2 == 0 ? world.fleet().copy(device) : restoreDevice(device);
            case DEVICE_LOSS -> loseDevice(device);
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

    private boolean rejoinLater(DeviceNode device, int millis) {
        later(millis, () -> {
            world.traffic().rejoin(device);
            wanted(device);
        });
        return true;
    }

    private void later(long millis, Runnable step) {
        world.time().after(Duration.ofMillis(millis), step);
    }

    private static void wanted(DeviceNode device) {
        device.feed(new Event.Wanted(device.clock().millis(), Event.Reason.NETWORK));
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

    private boolean drift(DeviceNode device, int ppm, Fault fault) {
        device.clock().drift(ppm);
        return effect(fault, true);
    }

    /** A clock that stands still, and then goes on from there. */
    private boolean freeze(DeviceNode device, int millis) {
        later(millis, () -> device.clock().drift(0));
        return drift(device, DeviceClock.STOPPED, Fault.CLOCK_FROZEN);
    }

    /** What the device writes in the coming time does not reach its disk, though the disk says so; then power is lost. */
    private boolean loseWrites(DeviceNode device, int millis) {
        Runnable powerLoss = world.fleet().unsynced(device);
        later(millis, () -> {
            if (!over) {
                powerLoss.run();
                excuse();
                world.tally().effect(Fault.LOST_WRITE);
            }
        });
        return true;
    }

    private boolean flipBit(Step.Misfortune misfortune, DeviceNode device) {
        boolean flipped = device.flip(
                new BitFlip(misfortune.count(), misfortune.count() + Long.numberOfTrailingZeros(misfortune.millis())));
        if (flipped) {
            // Where no other holds what was damaged, nobody is left to give it back.
            excuse();
            later(misfortune.millis(), device::scrub);
        }
        return effect(Fault.BIT_FLIP, flipped);
    }

    private boolean refuse(DeviceNode device, Access access, long millis) {
        world.server().admit(device.name(), access);
        later(millis, () -> {
            world.server().admit(device.name(), Access.WRITING);
            wanted(device);
        });
        return true;
    }

    private boolean restoreDevice(DeviceNode device) {
        boolean restored = world.fleet().restore(device);
        if (restored) {
            excuse();
        }
        return effect(Fault.DEVICE_COPY, restored);
    }

    private boolean loseDevice(DeviceNode device) {
        world.check(checker -> checker.lost(device));
        world.fleet().lose(device);
        excuse();
        return effect(Fault.DEVICE_LOSS, true);
    }

    private boolean restoreServer() {
        boolean restored = world.server().restore();
        if (restored) {
            world.traffic().serverDied();
            world.check(Checker::serverRestored);
            excuse();
        }
        return effect(Fault.SERVER_COPY, restored);
    }

    /** What only the thrown away store held is gone by a person's hand. */
    private void excuse() {
        world.ledger().excuseAllBut(Presence.of(world));
    }
}
