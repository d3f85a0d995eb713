package io.holdfast.core.local;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Moves the times of a state's stamps; who wrote stays. Marks inside unions are compared within one incarnation only and stay too. */
final class Restamping {

    private Restamping() {}

    static RecordState restamp(RecordState state, LongUnaryOperator time) {
        return new RecordState(
                state.cells().mapped((name, cell) -> new Cell(cell.value(), restamp(cell.stamp(), time))),
                restamp(state.deleted(), time));
    }

    /** The same edit with every stamp later than a time, in the same order; unchanged where they are. */
    static RecordState above(RecordState edit, long floor) {
        return ordered(edit, time -> time, (time, names) -> floor);
    }

    /** What the stamps of some fields must be later than. */
    interface Floor {
        /** For the fields, and {@link Layer#WHOLE} for the deletion, that were written at one time. */
        long of(long time, Collection<String> names);
    }

    /** The same edit with its times moved, every one later than the one before it and than its floor. */
    static RecordState ordered(RecordState edit, LongUnaryOperator move, Floor floor) {
        if (edit.deleted().isNone() && writtenAtOnce(edit)) {
            return atOnce(edit, move, floor);
        }
        TreeMap<Long, List<String>> names = new TreeMap<>();
        edit.cells()
                .forEach((name, cell) -> names.computeIfAbsent(cell.stamp().time(), time -> new ArrayList<>(4))
                        .add(name));
        if (!edit.deleted().isNone()) {
            names.computeIfAbsent(edit.deleted().time(), time -> new ArrayList<>(1))
                    .add(Layer.WHOLE);
        }
        TreeMap<Long, Long> moved = new TreeMap<>();
        long last = 0;
        for (Map.Entry<Long, List<String>> entry : names.entrySet()) {
            long above = Math.max(last, floor.of(entry.getKey(), entry.getValue())) + 1;
            last = Math.max(move.applyAsLong(entry.getKey()), above);
            moved.put(entry.getKey(), last);
        }
        return restamp(edit, time -> moved.getOrDefault(time, time));
    }

    private static boolean writtenAtOnce(RecordState edit) {
        long time = edit.newestCell().time();
        for (Cell cell : edit.cells().values()) {
            if (cell.stamp().time() != time) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #ordered}, for what most edits are: one write, all of whose cells have one stamp. */
    private static RecordState atOnce(RecordState edit, LongUnaryOperator move, Floor floor) {
        long time = edit.newestCell().time();
        long above = Math.max(0, floor.of(time, edit.cells().keySet())) + 1;
        long moved = Math.max(move.applyAsLong(time), above);
        return moved == time ? edit : restamp(edit, ignored -> moved);
    }

    /** The same edit in the server's time, later than all that its writer had seen. */
    static RecordState inServerTime(Layer layer, LongUnaryOperator move) {
        RecordState edit = layer.edit();
        boolean deletes = !edit.deleted().isNone();
        return ordered(edit, move, (time, names) -> {
            boolean whole = !deletes || time == edit.deleted().time();
            long floor = whole ? seen(layer, Layer.WHOLE) : 0;
            for (String name : names) {
                floor = Math.max(floor, seen(layer, name));
            }
            return floor;
        });
    }

    private static long seen(Layer layer, String name) {
        return layer.seen().getOrDefault(name, Stamp.NONE).time();
    }

    private static Stamp restamp(Stamp stamp, LongUnaryOperator time) {
        return stamp.isNone() ? stamp : new Stamp(Math.max(1, time.applyAsLong(stamp.time())), stamp.incarnation());
    }
}
