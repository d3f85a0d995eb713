package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.simulation.world.Damage;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was acknowledged as PROVEN was equal at that moment: when a device keeps a proof that its records are equal to the
 * server's, its live records are the server's, values and stamps, but for those that have changed on the server since. Checked at
 * every challenge, and at every third proof of a device that comes with an exchange.
 *
 * <p>Does not verify tombstones, which stand outside proofs, nor that a proof fails where records differ: see
 * the tests of the comparison.
 */
public final class ProvenEqual implements Checker {

    private final World world;
    private final Map<String, Map<Proof.Level, Proof>> proofs = new HashMap<>();
    private final Map<String, Integer> turns = new HashMap<>();

    ProvenEqual(World world) {
        this.world = world;
    }

    /** What a store brings along, as a clone's or a restored one does, was proven in another life. */
    @Override
    public void started(DeviceNode device) {
        proofs.put(device.name(), kept(device));
    }

    private static Map<Proof.Level, Proof> kept(DeviceNode device) {
        return device.storage().read(transaction -> transaction.device().proofs());
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        Map<Proof.Level, Proof> now = kept(device);
        Map<Proof.Level, Proof> before = Objects.requireNonNull(proofs.put(device.name(), now));
        // Of the proofs that come with every exchange, every third of a device.
        boolean exchanged = isNew(Proof.Level.L0, before, now) && turns.merge(device.name(), 1, Integer::sum) % 3 == 0;
        // The stored digests of a damaged row prove nothing about the row: that is what L2 is for.
        if ((exchanged && !device.storage().damage().any()) || isNew(Proof.Level.L2, before, now)) {
            proven(device);
        }
    }

    private static boolean isNew(Proof.Level level, Map<Proof.Level, Proof> before, Map<Proof.Level, Proof> now) {
        Proof proof = now.get(level);
        return proof != null && proof.equal() && !proof.equals(before.get(level));
    }

    private void proven(DeviceNode device) {
        Cursor cursor = device.storage()
                .read(transaction -> transaction.device().progress().cursor());
        List<ServerRecord> rows = world.server()
                .storage()
                .snapshot(
                        device.scope(),
                        snapshot -> CursorNeverSkips.knows(snapshot, cursor)
                                ? snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE)
                                : List.<ServerRecord>of());
        if (rows.isEmpty()) {
            return;
        }
        Map<RecordKey, RecordState> mine = new HashMap<>();
        device.storage().records().forEach(record -> mine.put(record.key(), compared(device, record)));
        for (ServerRecord row : rows) {
            RecordState removed = mine.remove(row.key());
            RecordState here = removed == null ? RecordState.ABSENT : removed;
            if (row.sequence() <= cursor.sequence() && !sameShown(here, row.state())) {
                throw violation(device.name() + " has proven that it is equal, and has " + here + " for " + row.key()
                        + ", the server " + row.state());
            }
        }
        mine.values().removeIf(state -> !state.live());
        if (!mine.isEmpty()) {
            throw violation(device.name() + " has proven that it is equal, and has what the server never had: " + mine);
        }
    }

    /** A proof is about the moment at which rows were read: a bit that flips before the answer is there comes too late for it. */
    private static RecordState compared(DeviceNode device, LocalRecord record) {
        Damage damage = device.storage().damage();
        return damage.sinceExchange(record.key())
                ? damage.of(record.key()).map(row -> row.right().confirmed()).orElse(record.confirmed())
                : record.confirmed();
    }

    /** Whether two states count for the same in a proof. */
    private static boolean sameShown(RecordState left, RecordState right) {
        return left.equals(right) || (!left.live() && !right.live());
    }
}
