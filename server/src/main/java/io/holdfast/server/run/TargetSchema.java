package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.sources.mapping.Mapping;
import java.util.Optional;

/** The schema under which a run writes: the one that the collection belongs to already, or the mapping's own. Stateless. */
final class TargetSchema {

    private TargetSchema() {}

    /**
     * Finds it.
     *
     * @throws HoldfastException SCHEMA_MISMATCH if the collection is another schema's and lacks a field of the mapping, or has it
     *     with another type or rule
     */
    static Schema of(Database database, Mapping mapping) {
        Schema own = mapping.schema();
        Optional<Schema> known = database.read(session -> session.first(
                "SELECT s.text FROM hf_collection c JOIN hf_schema s ON s.name = c.schema_name WHERE c.collection = ?",
                row -> SchemaJson.read(row.getString(1)),
                mapping.target()));
        return known.filter(schema -> holds(schema, own, mapping.target())).orElse(own);
    }

    private static boolean holds(Schema known, Schema own, String collection) {
        CollectionSchema held = known.collectionOrUnknown(collection);
        CollectionSchema wanted = own.collectionOrUnknown(collection);
        for (Field field : wanted.fields().values()) {
            boolean fits = held.field(field.name())
                    .filter(other ->
                            other.type().equals(field.type()) && other.merge().equals(field.merge()))
                    .isPresent();
            if (!fits && known.name().equals(own.name())) {
                return false;
            }
            if (!fits) {
                throw new HoldfastException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "The collection " + collection + " belongs to the schema " + known.name()
                                + ", whose field " + field.name() + " is missing or not of the type "
                                + field.type() + ". Correct the mapping, or take another collection.");
            }
        }
        return true;
    }
}
