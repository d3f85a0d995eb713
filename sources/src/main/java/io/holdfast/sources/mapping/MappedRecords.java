package io.holdfast.sources.mapping;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One pass over a source: each row that is not blank, with what became of it, in the source's order. One row that is no record stops no
 * other. Memory does not grow with the rows, but for some 80 bytes a record by which repeated keys are told. Not thread-safe.
 */
public final class MappedRecords implements AutoCloseable {

    private static final int ROW_BITS = 32;

    private final Mapping mapping;
    private final BoundRows rows;
    private final List<CellValues> cells;
    private final Validator validator;
    private final Set<String> names;
    private final RowKeys keys;
    private final SeenKeys seen;
    private long duplicates;
    private long clashes;
    private long unfit;

    MappedRecords(Mapping mapping, BoundRows rows, long memoryBytes) {
        this.mapping = mapping;
        this.rows = rows;
        this.cells = mapping.fields().stream()
                .map(field -> new CellValues(field, mapping.zone()))
                .toList();
        this.validator = new Validator(mapping.schema());
        this.names = Set.copyOf(mapping.fields().stream().map(MappedField::name).toList());
        this.keys = new RowKeys(mapping.key());
        this.seen = new SeenKeys(memoryBytes / 2);
    }

    /**
     * The next row that is not blank; empty after the last. Only then is it sure that the source did not change while it was read.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_DAMAGED, SOURCE_TOO_LARGE, SOURCE_HOSTILE, SOURCE_CHANGED
     */
    public Optional<MappedRow> next() {
        return rows.next().map(this::mapped);
    }

    private MappedRow mapped(BoundRows.BoundRow row) {
        RowOrigin origin = new RowOrigin(rows.file(row.part()), row.row().number());
        List<Defect> defects = new ArrayList<>(0);
        SortedMap<String, Value> values = values(row, defects);
        Optional<String> key = key(values);
        if (!defects.isEmpty()) {
            unfit++;
            return new MappedRow(origin, key, new MappedRow.Unfit(defects));
        }
        return new MappedRow(origin, key, outcome(row, values));
    }

    private SortedMap<String, Value> values(BoundRows.BoundRow row, List<Defect> defects) {
        SortedMap<String, Value> values = new TreeMap<>();
        Set<String> refused = new HashSet<>();
        for (int field = 0; field < cells.size(); field++) {
            MappedField mapped = mapping.fields().get(field);
            try {
                values.put(mapped.name(), cells.get(field).read(row.cell(field)));
            } catch (CellRefusedException unfit) {
                refused.add(mapped.name());
                defects.add(new Defect(row.where(field), unfit.of(mapped.field())));
            }
        }
        for (Violation violation : validator.validate(mapping.target(), values, names)) {
            if (!refused.contains(violation.field())) {
                defects.add(new Defect(where(row, violation.field()), violation));
            }
        }
        return values;
    }

    private String where(BoundRows.BoundRow row, String name) {
        for (int field = 0; field < cells.size(); field++) {
            if (mapping.fields().get(field).name().equals(name)) {
                return row.where(field);
            }
        }
        return "";
    }

    /** The key for people, if every field of it holds something. */
    private Optional<String> key(SortedMap<String, Value> values) {
        boolean whole = mapping.key().stream()
                .allMatch(field -> !values.getOrDefault(field, Value.NULL).isNull());
        return mapping.key().isEmpty() || !whole ? Optional.empty() : Optional.of(keys.text(values));
    }

    private MappedRow.Outcome outcome(BoundRows.BoundRow row, SortedMap<String, Value> values) {
        byte[] content = RowKeys.content(values);
        RecordKey record = new RecordKey(mapping.target(), keys.id(values, content));
        long place = ((long) row.part() << ROW_BITS) | row.row().number();
        Optional<SeenKeys.First> first = seen.first(record.id(), content, place);
        if (first.isEmpty()) {
            return new MappedRow.Fit(record, values);
        }
        RowOrigin origin = new RowOrigin(
                rows.file((int) (first.get().place() >>> ROW_BITS)), first.get().place() & ((1L << ROW_BITS) - 1));
        if (first.get().same()) {
            duplicates++;
            return new MappedRow.Repeat(record, origin);
        }
        clashes++;
        return new MappedRow.Clash(record, origin, values);
    }

    /** What was read so far. */
    public RowCounts counts() {
        return new RowCounts(rows.rows(), rows.blank(), duplicates, clashes, unfit);
    }

    @Override
    public void close() {
        rows.close();
    }
}
