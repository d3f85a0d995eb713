package io.holdfast.simulation.check;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.simulation.Violation;
import io.holdfast.simulation.world.Damage;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.DeviceStore;
import io.holdfast.simulation.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bit that flips in a device's confirmed record is found by the device's next look at its rows, and kept as a gap; and at the
 * end no gap of any device is open any more, and no damaged row is left.
 *
 * <p>Does not verify that the row is what it was: that is what {@link Convergence} and {@link ProvenEqual} are for. Nor
 * damage to counters, sets, changes that were never sent and the server's rows, in which the simulator flips no bits.
 */
public final class Repairs implements Checker {

    private final World world;

    Repairs(World world) {
        this.world = world;
    }

    /** Of a device that is about to look at its rows: what it has to find. */
    public static Set<RecordKey> expected(DeviceStore store) {
        Set<RecordKey> wrong = new HashSet<>();
        for (RecordKey key : store.damage().keys()) {
            store.damage().of(key).filter(row -> still(store, row)).ifPresent(row -> wrong.add(key));
        }
        return wrong;
    }

    private static boolean still(DeviceStore store, Damage.Row row) {
        LocalRecord now =
                store.read(transaction -> transaction.record(row.wrong().key()));
        boolean damaged = !row.wrong().equals(row.right())
                && now.confirmed().equals(row.wrong().confirmed())
                && now.digest().equals(row.wrong().digest());
        boolean shown = now.equals(row.wrong()) && !store.shows(now.key(), now.confirmed());
        return damaged || shown;
    }

    @Override
    public void scrubbed(DeviceNode device, Set<RecordKey> expected, List<RecordKey> found) {
        for (RecordKey key : expected) {
            if (!found.contains(key)) {
                throw violation(device.name() + " has looked at its rows and has not found the damage of " + key);
            }
            if (gaps(device).stream().noneMatch(gap -> gap.key().equals(key))) {
                throw violation(device.name() + " has found the damage of " + key + " and keeps no gap of it");
            }
        }
    }

    private static List<Gap> gaps(DeviceNode device) {
        return device.storage().read(transaction -> transaction.trail().gaps(false, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Override
    public void ended() {
        for (DeviceNode device : world.devices()) {
            requireClosed(device);
            Set<RecordKey> left = expected(device.storage());
            if (!left.isEmpty()) {
                throw violation(device.name() + " still has the damage of " + left);
            }
        }
    }

    private void requireClosed(DeviceNode device) throws Violation {
        gaps(device).stream().filter(gap -> !gap.state().closed()).findFirst().ifPresent(gap -> {
            throw violation(device.name() + " has a gap that was never closed: " + gap);
        });
    }
}
