package io.holdfast.cli.gaps;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** A gap as commands print it. Stateless. */
final class GapJson {

    private GapJson() {}

    /** Writes the gap's members; {@code here} and {@code there} are null for nothing. */
    static void write(String scope, Gap gap, JsonGenerator json) {
        json.writeNumberProperty("id", gap.id());
        json.writeStringProperty("scope", scope);
        json.writeStringProperty("kind", gap.kind().name());
        json.writeStringProperty("state", gap.state().name());
        json.writeStringProperty("collection", gap.key().collection());
        json.writeStringProperty("record", gap.key().id());
        json.writeStringProperty("foundBy", gap.finding().by());
        json.writeStringProperty("foundAt", at(gap.finding().atMillis()));
        json.writeStringProperty("cause", gap.finding().cause());
        json.writeName("here");
        state(gap, gap.here(), json);
        json.writeName("there");
        state(gap, gap.there(), json);
        json.writeStringProperty("repair", gap.end().how());
        json.writeName("endedAt");
        if (gap.state().closed()) {
            json.writeString(at(gap.end().atMillis()));
        } else {
            json.writeNull();
        }
    }

    static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static void state(Gap gap, RecordState state, JsonGenerator json) {
        if (state.absent() || !state.live()) {
            json.writeNull();
            return;
        }
        TreeMap<String, Value> values = new TreeMap<>();
        for (Map.Entry<String, Cell> cell : state.cells().entrySet()) {
            values.put(cell.getKey(), cell.getValue().value());
        }
        DocumentWriter.WITH_NULLS.write(gap.key().id(), values, json);
    }
}
