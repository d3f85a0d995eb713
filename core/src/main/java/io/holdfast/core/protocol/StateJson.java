package io.holdfast.core.protocol;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A record's state as properties of an object: {@code stamp} is the latest stamp of the cells, {@code fields} their values,
 * {@code stamps} those stamps that differ from it, {@code deleted} the stamp of a deletion.
 */
final class StateJson {

    private Stamp shared = Stamp.NONE;
    private Stamp deleted = Stamp.NONE;
    private final FieldMap.Builder<Value> values = new FieldMap.Builder<>(8);
    private final FieldMap.Builder<Stamp> stamps = new FieldMap.Builder<>(0);

    static void write(JsonGenerator out, RecordState state) {
        Stamp shared = state.newestCell();
        if (!state.cells().isEmpty()) {
            out.writeStringProperty("stamp", shared.toString());
            out.writeName("fields");
            out.writeStartObject();
            state.cells().forEach((name, cell) -> {
                out.writeName(name);
                ValueJson.write(out, cell.value());
            });
            out.writeEndObject();
            writeExceptions(out, state, shared);
        }
        if (!state.deleted().isNone()) {
            out.writeStringProperty("deleted", state.deleted().toString());
        }
    }

    private static void writeExceptions(JsonGenerator out, RecordState state, Stamp shared) {
        boolean open = false;
        for (Map.Entry<String, Cell> cell : state.cells().entrySet()) {
            if (!cell.getValue().stamp().equals(shared)) {
                if (!open) {
                    out.writeName("stamps");
                    out.writeStartObject();
                    open = true;
                }
                out.writeStringProperty(cell.getKey(), cell.getValue().stamp().toString());
            }
        }
        if (open) {
            out.writeEndObject();
        }
    }

    /** Takes a property if it is one of a state's. */
    boolean read(JsonIn in, String name) {
        switch (name) {
            case "stamp" -> shared = Stamp.parse(in.text());
            case "deleted" -> deleted = Stamp.parse(in.text());
            case "fields" ->
                in.object(field -> {
                    values.put(field, ValueJson.read(in));
                    return true;
                });
            case "stamps" ->
                in.object(field -> {
                    stamps.put(field, Stamp.parse(in.text()));
                    return true;
                });
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The state that was read. */
    RecordState state(JsonIn in) {
        FieldMap<Value> written = values.build();
        FieldMap<Stamp> own = stamps.build();
        FieldMap.Builder<Cell> cells = new FieldMap.Builder<>(written.size());
        written.forEach((name, value) -> {
            Stamp stamp = own.getOrDefault(name, shared);
            if (stamp.isNone()) {
                throw in.malformed("the field " + name + " has no stamp");
            }
            cells.put(name, new Cell(value, stamp));
        });
        return new RecordState(cells.build(), deleted);
    }
}
