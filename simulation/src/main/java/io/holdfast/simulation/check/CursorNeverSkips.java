package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.record.RecordKey;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device that stands at a cursor has every record that last changed at or below it, exactly as the server has it. Checked
 * whenever a device has taken in an exchange.
 *
 * <p>Does not verify records that have changed again since, nor a device whose server was restored and that has not yet
 * heard of it, or still offers what the server lost: a record whose offer is refused is found by comparing, also
 * once a person has given the offer up. So is one in which a bit had flipped, and that is not offered for it.
 */
public final class CursorNeverSkips implements Checker {

    private final World world;
    private final Map<String, Integer> turns = new HashMap<>();

    CursorNeverSkips(World world) {
        this.world = world;
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        // Every third answer of a device: what was skipped once stays missing, and is found a little later.
        if (outcome instanceof Outcome.Applied && turns.merge(device.name(), 1, Integer::sum) % 3 == 0) {
            check(device);
        }
    }

    private void check(DeviceNode device) {
        Cursor cursor = device.storage()
                .read(transaction -> transaction.device().progress().cursor());
        List<ServerRecord> rows = world.server()
                .storage()
                .snapshot(
                        device.scope(),
                        snapshot -> knows(snapshot, cursor)
                                ? snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE)
                                : List.<ServerRecord>of());
        Map<RecordKey, Long> held = new HashMap<>();
        device.storage().records().forEach(record -> held.put(record.key(), record.sequence()));
        for (ServerRecord row : rows) {
            if (row.sequence() <= cursor.sequence()
                    && held.getOrDefault(row.key(), 0L) < row.sequence()
                    && !device.offers()
                    && !device.storage().damage().ever(row.key())
                    && !device.gaveUp(row.key()::equals)) {
                throw violation(device.name() + " stands at " + cursor.sequence() + " and lacks " + row.key() + " of "
                        + row.sequence());
            }
        }
    }

    /** Whether the server gave a cursor in the history it now holds. */
    static boolean knows(ScopeSnapshot snapshot, Cursor cursor) {
        return snapshot.link(cursor.head())
                .filter(link -> link.chain().equals(cursor.head().chain()))
                .isPresent();
    }
}
