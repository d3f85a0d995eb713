package io.holdfast.store;

import io.holdfast.core.document.RecordIds;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.schema.Violation;
import io.holdfast.store.sqlite.SqliteLocalStorage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a store and its transactions share. Thread-safe. */
record StoreParts(SqliteLocalStorage storage, InstantSource clock, RecordIdSource ids, Validator validator) {

    /** Refuses the name of a collection that the schema does not have. */
    void requireCollection(String name) {
        if (storage.schema().collection(name).isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.COLLECTION_UNKNOWN,
                    "There is no collection " + name + ". Check the name, or extend the schema.");
        }
    }

    /** Refuses an id that cannot be one. */
    void requireId(String id) {
        Optional<Violation> violation = RecordIds.check(id);
        if (violation.isPresent()) {
            throw new RecordRefusedException(List.of(violation.get()));
        }
    }

    /** Refuses a record that would break the rules of its collection. */
    LocalWriter.Check check(Set<String> touched) {
        return (collection, key, visible) -> {
            List<Violation> violations = validator.validate(collection.name(), visible.values(), touched);
            if (!violations.isEmpty()) {
                throw new RecordRefusedException(violations);
            }
        };
    }
}
