package io.holdfast.simulation.world;

import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is anywhere in a world: followed values in a state, in a layer or in a history, and counters' totals in a state or a
 * layer, on the server or on any device.
 */
public final class Presence {

    private final Set<Integer> tokens = new HashSet<>();
    private final Set<Held> totals = new HashSet<>();

    /** A total that an incarnation has in a counter. */
    private record Held(Ledger.Count count, CounterValue.Total total) {}

    private Presence() {}

    /** What is anywhere in a world now; a record in which a bit flipped is given to nobody, and does not count. */
    public static Presence of(World world) {
        Presence presence = settled(world);
        for (DeviceNode device : world.devices()) {
            Set<RecordKey> damaged = device.storage().damage().keys();
            for (LocalRecord record : device.storage().records()) {
                if (!damaged.contains(record.key())) {
                    presence.note(device.scope(), record.key(), record.confirmed());
                }
            }
        }
        return presence;
    }

    /** What is on the server, and of the devices only what is not settled, or in a history. */
    public static Presence settled(World world) {
        Presence presence = new Presence();
        presence.noteServer(world);
        world.devices().forEach(presence::noteUnsettled);
        return presence;
    }

    /** The numbers of the followed values. */
    public Set<Integer> tokens() {
        return tokens;
    }

    /** Whether somebody holds exactly that total of a counter. */
    boolean holds(Ledger.Count count, CounterValue.Total total) {
        return totals.contains(new Held(count, total));
    }

    /** The number of a followed text; 0 for any other value. */
    public static int token(Value value) {
        return Workload.token(value);
    }

    private void noteServer(World world) {
        for (String scope : List.of(World.SCOPE, World.OTHER_SCOPE)) {
            world.server().storage().snapshot(scope, snapshot -> {
                snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE)
                        .forEach(row -> note(scope, row.key(), row.state()));
                snapshot.history(Integer.MAX_VALUE).forEach(loser -> note(scope, loser.key(), loser.lost()));
                return true;
            });
        }
    }

    private void noteUnsettled(DeviceNode device) {
        String scope = device.scope();
        for (LocalRecord record : device.storage().records()) {
            for (Layer layer : record.layers()) {
                note(scope, record.key(), layer.edit());
            }
        }
        for (HistoryEntry entry :
                device.storage().read(transaction -> transaction.history(Long.MAX_VALUE, Integer.MAX_VALUE))) {
            note(scope, entry.key(), entry.lost());
        }
    }

    private void note(String scope, RecordKey key, RecordState state) {
        state.cells().forEach((field, cell) -> {
            int token = Workload.token(cell.value());
            if (token != 0) {
                tokens.add(token);
            } else if (cell.value() instanceof CounterValue counter) {
                counter.totals()
                        .forEach((incarnation, total) ->
                                totals.add(new Held(new Ledger.Count(scope, key, field, incarnation), total)));
            }
        });
    }
}
