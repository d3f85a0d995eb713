package io.holdfast.core.record;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that one replica knows of one record: its cells and, beside them, the stamp of its deletion. Immutable.
 *
 * <p>The record is live while its newest cell is later than its deletion. A tombstone keeps its cells, so that a later
 * edit of one field brings back the whole record (except wiped fields, see {@link RecordMerge}).
 *
 * @param cells by field name, cleared fields ({@link Value#NULL}) and fields of newer schemas included
 * @param deleted when it was deleted, {@link Stamp#NONE} if never
 */
public record RecordState(FieldMap<Cell> cells, Stamp deleted) {

    /** The record that nobody has written. */
    public static final RecordState ABSENT = new RecordState(FieldMap.of(), Stamp.NONE);

    /** A state of such cells; copies them. */
    public RecordState(SortedMap<String, Cell> cells, Stamp deleted) {
        this(FieldMap.copyOf(cells), deleted);
    }

    /** Whether a reader sees the record. */
    public boolean live() {
        return !cells.isEmpty() && (deleted.isNone() || newestCell().compareTo(deleted) > 0);
    }

    /** Whether the record was deleted and not brought back. */
    public boolean tombstone() {
        return !deleted.isNone() && !live();
    }

    /** Whether nobody has written it here. */
    public boolean absent() {
        return cells.isEmpty() && deleted.isNone();
    }

    /** The latest stamp among the cells, {@link Stamp#NONE} without cells. */
    public Stamp newestCell() {
        Stamp newest = Stamp.NONE;
        for (int i = 0; i < cells.size(); i++) {
            newest = newest.max(cells.value(i).stamp());
        }
        return newest;
    }

    /** The latest stamp of all. */
    public Stamp newest() {
        return newestCell().max(deleted);
    }

    /** The cell of a field, if it was ever written. */
    public Optional<Cell> cell(String field) {
        return Optional.ofNullable(cells.get(field));
    }

    /** What a field holds; {@link Value#NULL} if it was never written. */
    public Value value(String field) {
        Cell cell = cells.get(field);
        return cell == null ? Value.NULL : cell.value();
    }

    /** What all fields hold, cleared ones included. */
    public FieldMap<Value> values() {
        FieldMap.Builder<Value> values = new FieldMap.Builder<>(cells.size());
        cells.forEach((name, cell) -> values.put(name, cell.value()));
        return values.build();
    }

    /** The stamp of a field; {@link Stamp#NONE} if it was never written. */
    public Stamp stamp(String field) {
        Cell cell = cells.get(field);
        return cell == null ? Stamp.NONE : cell.stamp();
    }
}
