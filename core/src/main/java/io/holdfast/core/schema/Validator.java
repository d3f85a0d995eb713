package io.holdfast.core.schema;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks records against a schema, and reports every violation. Made once for a schema: patterns are compiled and bounds
 * prepared here. Immutable and thread-safe.
 *
 * <p>Only fields that the writer touched are checked for what they hold, so that a record is not locked by a value that was
 * fine when it was written; required fields and the size of the record are always checked. Fields that this version of the
 * schema does not know pass, within the limits of size.
 */
public final class Validator {

    private final Map<String, CollectionValidator> collections = new TreeMap<>();

    /** Prepares the checks of a sound schema, see {@link SchemaRules}. */
    public Validator(Schema schema) {
        schema.collections().forEach((name, collection) -> collections.put(name, new CollectionValidator(collection)));
    }

    /**
     * All that is wrong with a record.
     *
     * @param values what the record would hold; a COUNTER as {@link io.holdfast.core.value.CounterValue} or as its visible
     *     number, a UNION as {@link io.holdfast.core.value.SetValue}
     * @param touched the names of the fields just written
     * @return the violations in the order of the fields; empty if the record may stand
     */
    public List<Violation> validate(String collection, SortedMap<String, Value> values, Set<String> touched) {
        CollectionValidator validator = collections.get(collection);
        if (validator == null) {
            return List.of(Violation.ofRecord(
                    ErrorCode.COLLECTION_UNKNOWN, "The schema has " + String.join(", ", collections.keySet()) + "."));
        }
        return validator.validate(values, touched);
    }
}
