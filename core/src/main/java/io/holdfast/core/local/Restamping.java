package io.holdfast.core.local;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Moves the times of a state's stamps; who wrote stays. Marks inside unions are compared within one incarnation only and stay too. */
final class Restamping {

    private Restamping() {}

    static RecordState restamp(RecordState state, LongUnaryOperator time) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        state.cells().forEach((name, cell) -> cells.put(name, new Cell(cell.value(), restamp(cell.stamp(), time))));
        return new RecordState(cells, restamp(state.deleted(), time));
    }

    private static Stamp restamp(Stamp stamp, LongUnaryOperator time) {
        return stamp.isNone() ? stamp : new Stamp(Math.max(1, time.applyAsLong(stamp.time())), stamp.incarnation());
    }
}
