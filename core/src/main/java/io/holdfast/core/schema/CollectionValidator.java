package io.holdfast.core.schema;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** The checks of one collection, made once for it. Immutable and thread-safe. */
public final class CollectionValidator {

    private final FieldCheck[] checks;
    private final CollectionSchema schema;

    /** Prepares the checks of a sound collection, see {@link SchemaRules}. */
    public CollectionValidator(CollectionSchema schema) {
        this.schema = schema;
        this.checks = schema.fields().values().stream().map(FieldCheck::new).toArray(FieldCheck[]::new);
    }

    List<Violation> validate(SortedMap<String, Value> values, Set<String> touched) {
        List<Violation> violations = new ArrayList<>(0);
        for (FieldCheck check : checks) {
            Value value = values.getOrDefault(check.name(), Value.NULL);
            check.validate(value, touched.contains(check.name()), violations);
        }
        sizes(values, touched, violations);
        return violations;
    }

    /** What is wrong with some of the fields, in their order: for a record of which the others could not be read. */
    public List<Violation> validateOnly(Set<String> fields, SortedMap<String, Value> values) {
        List<Violation> violations = new ArrayList<>(0);
        for (FieldCheck check : checks) {
            if (fields.contains(check.name())) {
                check.validate(values.getOrDefault(check.name(), Value.NULL), true, violations);
            }
        }
        return violations;
    }

    private void sizes(SortedMap<String, Value> values, Set<String> touched, List<Violation> violations) {
        long total = 0;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            long size = ValueSize.of(entry.getValue());
            total += size;
            if (size > Limits.FIELD_BYTES_MAX && touched.contains(entry.getKey())) {
                violations.add(tooLarge(entry.getKey(), size));
            }
        }
        if (total > Limits.RECORD_BYTES_MAX) {
            violations.add(Violation.ofRecord(
                    ErrorCode.RECORD_SIZE, "It has " + total + " bytes; keep it to " + Limits.RECORD_BYTES_MAX + "."));
        }
    }

    /** A field with a length of its own has been told already. */
    private Violation tooLarge(String name, long size) {
        return new Violation(
                ErrorCode.FIELD_LENGTH,
                name,
                schema.field(name).isPresent() ? size + " bytes" : Violation.HIDDEN,
                "Keep every field to " + Limits.FIELD_BYTES_MAX + " bytes.");
    }
}
