package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.stamp.Stamp;
import tools.jackson.core.JsonGenerator;

/** Records and changes on the wire. */
final class RecordJson {

    private String collection = "";
    private String id = "";
    private long sequence;
    private long base;
    private long group;
    private Change.Kind kind = Change.Kind.EDIT;
    private final FieldMap.Builder<Stamp> bases = new FieldMap.Builder<>(0);
    private final StateJson state = new StateJson();

    static void write(JsonGenerator out, RemoteRecord record) {
        out.writeStartObject();
        key(out, record.key());
        out.writeNumberProperty("sequence", record.sequence());
        StateJson.write(out, record.state());
        out.writeEndObject();
    }

    static void write(JsonGenerator out, Change change) {
        out.writeStartObject();
        key(out, change.key());
        if (change.base() != 0) {
            out.writeNumberProperty("base", change.base());
        }
        if (change.group() != 0) {
            out.writeNumberProperty("group", change.group());
        }
        if (change.kind() != Change.Kind.EDIT) {
            out.writeStringProperty("kind", change.kind().name());
        }
        StateJson.write(out, change.edit());
        if (!change.baseStamps().isEmpty()) {
            out.writeName("bases");
            out.writeStartObject();
            change.baseStamps().forEach((field, stamp) -> out.writeStringProperty(field, stamp.toString()));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    static void key(JsonGenerator out, RecordKey key) {
        out.writeStringProperty("collection", key.collection());
        out.writeStringProperty("id", key.id());
    }

    static RemoteRecord readRecord(JsonIn in) {
        RecordJson read = read(in);
        return new RemoteRecord(read.key(in), read.state.state(in), read.sequence);
    }

    static Change readChange(JsonIn in) {
        RecordJson read = read(in);
        return new Change(read.key(in), read.state.state(in), read.base, read.bases.build(), read.group, read.kind);
    }

    static RecordKey readKey(JsonIn in) {
        return read(in).key(in);
    }

    private static RecordJson read(JsonIn in) {
        RecordJson read = new RecordJson();
        in.object(name -> read.property(in, name));
        return read;
    }

    private boolean property(JsonIn in, String name) {
        switch (name) {
            case "collection" -> collection = in.text();
            case "id" -> id = in.text();
            case "sequence" -> sequence = in.number();
            case "base" -> base = in.number();
            case "group" -> group = in.number();
            case "kind" -> kind = Change.Kind.valueOf(in.text());
            case "bases" ->
                in.object(field -> {
                    bases.put(field, Stamp.parse(in.text()));
                    return true;
                });
            default -> {
                return state.read(in, name);
            }
        }
        return true;
    }

    private RecordKey key(JsonIn in) {
        if (collection.isEmpty() || id.isEmpty()) {
            throw in.malformed("a record names no collection or id");
        }
        return new RecordKey(collection, id);
    }
}
