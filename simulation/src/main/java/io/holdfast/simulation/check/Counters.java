package io.holdfast.simulation.check;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.simulation.world.Ledger;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nothing is counted twice, and nothing that was counted is lost. At the end each opening of a store has in each counter of
 * the server a total that it really had at some time; and, unless only a store that was thrown away had it, or a change of it
 * was refused or given up, its last one, which is the sum of what people had told that opening to add and take. A copy of a store
 * never adds under its original's key, which would show as a total that neither had; and no opening counts under the key of what
 * a person discarded, which an older copy of the store may still send.
 *
 * <p>Does not verify which part of a total was acknowledged when.
 */
public final class Counters implements Checker {

    private final World world;

    Counters(World world) {
        this.world = world;
    }

    @Override
    public void ended() {
        world.ledger().countedAgain().forEach(count -> {
            throw violation(count + " went on counting after a person had discarded what it had counted");
        });
        world.excuseRefused();
        Map<String, Map<RecordKey, RecordState>> server = new HashMap<>();
        for (String scope : List.of(World.SCOPE, World.OTHER_SCOPE)) {
            Map<RecordKey, RecordState> states = new HashMap<>();
            world.server()
                    .storage()
                    .snapshot(scope, snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE))
                    .forEach((ServerRecord row) -> states.put(row.key(), row.state()));
            server.put(scope, states);
        }
        world.ledger()
                .totals()
                .forEach((count, totals) ->
                        check(count, totals, total(server.getOrDefault(count.scope(), Map.of()), count)));
    }

    private static CounterValue.Total total(Map<RecordKey, RecordState> states, Ledger.Count count) {
        RecordState state = states.getOrDefault(count.key(), RecordState.ABSENT);
        return state.value(count.field()) instanceof CounterValue counter
                ? counter.totals().getOrDefault(count.incarnation(), new CounterValue.Total(0, 0))
                : new CounterValue.Total(0, 0);
    }

    private void check(Ledger.Count count, List<CounterValue.Total> totals, CounterValue.Total found) {
        boolean nothing = found.added() == 0 && found.taken() == 0;
        boolean known = nothing || totals.contains(found);
        boolean last = totals.getLast().equals(found) || !world.ledger().certain(count);
        if (!known || !last) {
            throw violation(count + " counted " + totals + ", and the server has " + found);
        }
        long told = world.ledger().operations(count);
        if (world.ledger().certain(count) && found.added() - found.taken() != told) {
            throw violation(count + " was told to count " + told + " in all, and the server has " + found);
        }
    }
}
