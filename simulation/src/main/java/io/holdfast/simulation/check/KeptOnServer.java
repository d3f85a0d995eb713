package io.holdfast.simulation.check;

import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.Presence;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was acknowledged as SERVER survives the loss of the device: when a device is lost for ever, the server holds what it had
 * answered that device. Every text that the device had as confirmed, or as lost to another, stands on the server in a record or a
 * history, or was written over by somebody who had seen it; every counter has at least the totals that the device had as confirmed.
 *
 * <p>Does not verify it for a device whose server was put back to a backup, and that has not learnt of it yet: what the backup
 * lacks is offered again by the device, and is lost with it. Nor for one whose disk was damaged and not yet repaired. Nor numbers, sets and wiped fields.
 */
public final class KeptOnServer implements Checker {

    private final World world;

    KeptOnServer(World world) {
        this.world = world;
    }

    @Override
    public void lost(DeviceNode device) {
        if (!device.storage().damage().any()
                && world.server().storage().<Boolean>snapshot(device.scope(), snapshot -> follows(device, snapshot))) {
            texts(device);
            counters(device);
        }
    }

    /** Whether the server is the one that the device knows, and the device has heard of all that befell it. */
    private static boolean follows(DeviceNode device, ScopeSnapshot snapshot) {
        DeviceState state = device.storage().read(transaction -> transaction.device());
        Cursor cursor = state.progress().cursor();
        boolean sameEpoch = snapshot.head()
                .map(ScopeHead::epoch)
                .filter(cursor.epoch()::equals)
                .isPresent();
        long answered = snapshot.replicas(Integer.MAX_VALUE).stream()
                .filter(row -> row.replica().equals(state.identity().replica()))
                .map(ReplicaRow::last)
                .mapToLong(last -> last.number())
                .sum();
        return sameEpoch
                && CursorNeverSkips.knows(snapshot, cursor)
                && state.progress().settled().number() <= answered
                && !device.offers();
    }

    private void texts(DeviceNode device) {
        Set<Integer> answered = new HashSet<>();
        device.storage().records().forEach(record -> collect(record.confirmed(), answered));
        device.storage().read(transaction -> transaction.history(Long.MAX_VALUE, Integer.MAX_VALUE)).stream()
                .filter(entry -> entry.kind() == HistoryEntry.Kind.CONFLICT)
                .forEach(entry -> collect(entry.lost(), answered));
        List<Integer> missing =
                world.ledger().unaccounted(Presence.settled(world).tokens());
        missing.stream().filter(answered::contains).findFirst().ifPresent(token -> {
            throw violation(device.name() + " is lost, and with it what the server had answered: "
                    + world.ledger().describe(token));
        });
    }

    private static void collect(RecordState state, Set<Integer> tokens) {
        for (Cell cell : state.cells().values()) {
            tokens.add(Presence.token(cell.value()));
        }
    }

    private void counters(DeviceNode device) {
        Map<RecordKey, RecordState> server = rows(device.scope());
        for (LocalRecord record : device.storage().records()) {
            RecordState there = server.getOrDefault(record.key(), RecordState.ABSENT);
            record.confirmed().cells().forEach((field, cell) -> {
                if (cell.value() instanceof CounterValue mine && !covers(there, field, mine)) {
                    throw violation(device.name() + " is lost, and with it what it had counted in " + record.key() + " "
                            + field + ": " + mine + ", the server has " + there.value(field));
                }
            });
        }
    }

    private static boolean covers(RecordState there, String field, CounterValue mine) {
        CounterValue theirs =
                there.value(field) instanceof CounterValue counter ? counter : CounterValue.zero(mine.scale());
        return theirs.mergedWith(mine).equals(theirs);
    }

    private Map<RecordKey, RecordState> rows(String scope) {
        Map<RecordKey, RecordState> rows = new HashMap<>();
        world.server()
                .storage()
                .snapshot(scope, snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE))
                .forEach((ServerRecord row) -> rows.put(row.key(), row.state()));
        return rows;
    }
}
