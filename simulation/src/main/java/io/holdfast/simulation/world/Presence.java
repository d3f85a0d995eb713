package io.holdfast.simulation.world;

import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the followed values are: in a state, in a layer, or in a history, on the server or on any device. */
public final class Presence {

    private final Set<Integer> found = new HashSet<>();

    private Presence() {}

    /** The numbers of all followed values that are anywhere in a world. */
    public static Set<Integer> of(World world) {
        Presence presence = new Presence();
        for (String scope : List.of(World.SCOPE, World.OTHER_SCOPE)) {
            world.server().storage().snapshot(scope, snapshot -> {
                snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE).forEach(row -> presence.note(row.state()));
                snapshot.history(Integer.MAX_VALUE).forEach(loser -> presence.note(loser.lost()));
                return true;
            });
        }
        world.devices().forEach(presence::note);
        return presence.found;
    }

    /** The number of a followed text; 0 for any other value. */
    public static int token(Value value) {
        return Workload.token(value);
    }

    private void note(DeviceNode device) {
        for (LocalRecord record : device.storage().records()) {
            note(record.confirmed());
            for (Layer layer : record.layers()) {
                note(layer.edit());
            }
        }
        for (HistoryEntry entry :
                device.storage().read(transaction -> transaction.history(Long.MAX_VALUE, Integer.MAX_VALUE))) {
            note(entry.lost());
        }
    }

    private void note(RecordState state) {
        for (Cell cell : state.cells().values()) {
            if (cell.value() instanceof Value.Text) {
                int token = Workload.token(cell.value());
                if (token != 0) {
                    found.add(token);
                }
            }
        }
    }
}
