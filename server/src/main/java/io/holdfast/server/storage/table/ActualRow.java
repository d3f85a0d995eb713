package io.holdfast.server.storage.table;

import io.holdfast.core.exchange.ForeignRow;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A typed row as it stands now, whoever wrote it: every column counts, also those that only show what is visible. */
public final class ActualRow {

    private final List<FieldColumn> columns;
    private final @Nullable Object[] carriers;

    ActualRow(List<FieldColumn> columns, @Nullable Object[] carriers) {
        this.columns = columns;
        this.carriers = carriers;
    }

    /**
     * The state that the row and what stands beside it show. Where they contradict each other the row counts, so that the
     * record's digest tells that someone has written to it.
     */
    public RecordState state(byte[] meta) {
        RecordState believed;
        try {
            believed = StateCodec.decode(meta, values());
        } catch (RuntimeException damaged) {
            return foreign();
        }
        TreeMap<String, Cell> cells = new TreeMap<>(believed.cells());
        for (int i = 0; i < carriers.length; i++) {
            FieldColumn column = columns.get(i);
            Value value = believed.value(column.field());
            if (!column.shows(value, carriers[i])) {
                cells.put(column.field(), new Cell(column.value(carriers[i]), believed.stamp(column.field())));
            }
        }
        return new RecordState(cells, believed.deleted());
    }

    /** The state of a row that we know nothing of: its values without stamps. */
    public RecordState foreign() {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values().forEach((field, value) -> cells.put(field, new Cell(value, Stamp.NONE)));
        return new RecordState(cells, Stamp.NONE);
    }

    /**
     * What the row shows against a record.
     *
     * @param believed the record before another program wrote the row
     * @param present which columns hold anything at all, readable or not
     */
    public ForeignRow against(RecordKey key, RecordState believed, boolean[] present, String operations) {
        TreeMap<String, Value> values = new TreeMap<>();
        TreeSet<String> unreadable = new TreeSet<>();
        for (int i = 0; i < carriers.length; i++) {
            FieldColumn column = columns.get(i);
            Object carrier = carriers[i];
            boolean same = present[i] == (carrier != null) && column.shows(believed.value(column.field()), carrier);
            if (believed.live() && same) {
                continue;
            }
            try {
                if (carrier == null && present[i]) {
                    unreadable.add(column.field());
                } else {
                    values.put(
                            column.field(),
                            carrier == null ? Value.NULL : column.kind().value(carrier));
                }
            } catch (IllegalArgumentException unfit) {
                unreadable.add(column.field());
            }
        }
        return new ForeignRow(key, Optional.of(values), unreadable, operations);
    }

    private TreeMap<String, Value> values() {
        TreeMap<String, Value> values = new TreeMap<>();
        for (int i = 0; i < carriers.length; i++) {
            FieldColumn column = columns.get(i);
            Value value = column.value(carriers[i]);
            if (column.kind().isWhole() && !value.isNull()) {
                values.put(column.field(), value);
            }
        }
        return values;
    }
}
