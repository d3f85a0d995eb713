package io.holdfast.server.storage.table;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SchemaUpgrade;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/** The schemas that were served before: a new version may only add to them. Not thread-safe. */
final class KnownSchemas {

    private final Session session;

    KnownSchemas(Session session) {
        this.session = session;
    }

    /**
     * Accepts a schema that is new, known, or adds to the known version, and remembers the newest. An older version is fine
     * too if the known one adds to it: processes are upgraded one after the other.
     *
     * @throws HoldfastException SCHEMA_DESTRUCTIVE
     */
    void accept(Schema schema) throws SQLException {
        Optional<Schema> known = session.first(
                "SELECT text FROM hf_schema WHERE name = ?", row -> SchemaJson.read(row.getString(1)), schema.name());
        if (known.isEmpty()) {
            session.update(
                    "INSERT INTO hf_schema (name, version, text) VALUES (?, ?, ?)",
                    schema.name(),
                    (long) schema.version(),
                    SchemaJson.write(schema));
        } else if (schema.version() < known.get().version()) {
            requireAdditive(schema, known.get());
        } else if (!known.get().equals(schema)) {
            requireAdditive(known.get(), schema);
            session.update(
                    "UPDATE hf_schema SET version = ?, text = ? WHERE name = ?",
                    (long) schema.version(),
                    SchemaJson.write(schema),
                    schema.name());
        }
    }

    private static void requireAdditive(Schema before, Schema after) {
        if (SchemaUpgrade.between(before, after) instanceof SchemaUpgrade.Destructive refused) {
            throw new HoldfastException(ErrorCode.SCHEMA_DESTRUCTIVE, refused.sentence());
        }
    }
}
