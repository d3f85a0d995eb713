package io.holdfast.simulation.check;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.Map;

/**
 * At the end every device has confirmed exactly the records that the server has, stamps and tombstones included, and shows
 * exactly those, except where a refused change lies above. Where a restored server refused an offer, be it given up since,
 * the device may lack the server's tombstone; and where a bit flipped in a record on a device, and the record was deleted since,
 * what its tombstone there keeps may differ.
 *
 * <p>Does not verify that what they agree on is right: that is what {@link Conservation} and {@link Counters} are for.
 */
public final class Convergence implements Checker {

    private final World world;

    Convergence(World world) {
        this.world = world;
    }

    @Override
    public void ended() {
        world.devices().forEach(this::check);
    }

    private void check(DeviceNode device) {
        Map<RecordKey, RecordState> server = new HashMap<>();
        world.server()
                .storage()
                .snapshot(device.scope(), snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE))
                .forEach((ServerRecord row) -> server.put(row.key(), row.state()));
        for (LocalRecord record : device.storage().records()) {
            RecordState there = server.getOrDefault(record.key(), RecordState.ABSENT);
            if (!record.confirmed().equals(there)
                    && (there.live() || !record.confirmed().absent())
                    && !bothDeleted(device, record, there)) {
                throw violation(device.name() + " has " + record.confirmed() + " for " + record.key() + ", the server "
                        + there);
            }
            if (record.clean() && !device.storage().shows(record.key(), record.confirmed())) {
                throw violation(device.name() + " shows something else for " + record.key() + " than it confirmed: "
                        + record.confirmed());
            }
            server.remove(record.key());
        }
        server.entrySet().removeIf(row -> row.getValue().tombstone() && device.gaveUp(row.getKey()::equals));
        if (!server.isEmpty()) {
            throw violation(device.name() + " lacks " + server);
        }
    }

    /** What a tombstone keeps has no digest: damage to it shows when the record comes back. */
    private static boolean bothDeleted(DeviceNode device, LocalRecord record, RecordState there) {
        return device.storage().damage().ever(record.key())
                && record.confirmed().tombstone()
                && there.tombstone()
                && record.confirmed().deleted().equals(there.deleted());
    }
}
