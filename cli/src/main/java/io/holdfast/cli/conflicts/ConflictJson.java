package io.holdfast.cli.conflicts;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.record.RecordState;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** An entry of the history as commands print it. Stateless. */
final class ConflictJson {

    private ConflictJson() {}

    /** Writes the entry's members; {@code local} and {@code server} are null for a deletion. */
    static void write(HistoryEntry entry, JsonGenerator json) {
        json.writeNumberProperty("id", entry.id());
        json.writeStringProperty("kind", entry.kind().name());
        json.writeStringProperty("collection", entry.key().collection());
        json.writeStringProperty("record", entry.key().id());
        json.writeStringProperty("at", Instant.ofEpochMilli(entry.atMillis()).toString());
        json.writeName("local");
        state(entry, entry.lost(), json);
        json.writeName("server");
        state(entry, entry.stands(), json);
        json.writeName("resolution");
        if (entry.resolution().isEmpty()) {
            json.writeNull();
        } else {
            json.writeString(entry.resolution());
        }
    }

    private static void state(HistoryEntry entry, RecordState state, JsonGenerator json) {
        if (state.cells().isEmpty() || state.tombstone()) {
            json.writeNull();
        } else {
            DocumentWriter.WITH_NULLS.write(entry.key().id(), Conflicts.values(state), json);
        }
    }
}
