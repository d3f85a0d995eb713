package io.holdfast.earnings.server;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.record.EarningsSchema;
import java.util.Optional;
import java.util.TreeMap;

/** Between the server's records and Java's. */
public final class Rows {

    private Rows() {}

    /** A record that stands, as Java's. */
    public static <T extends Record> Optional<T> read(RecordBinding<T> binding, String id, RecordState state) {
        return state.live() ? Optional.of(binding.read(id, state::value)) : Optional.empty();
    }

    /** Writes all of a record. */
    public static <T extends Record> ServerWrite write(RecordBinding<T> binding, T record) {
        TreeMap<String, Value> values = new TreeMap<>();
        binding.edits(record).forEach((field, edit) -> {
            if (!(edit instanceof FieldEdit.Assign assign)) {
                throw new IllegalStateException("these records have plain values only");
            }
            values.put(field, assign.value());
        });
        return new ServerWrite(EarningsSchema.key(binding, binding.id(record)), values);
    }
}
