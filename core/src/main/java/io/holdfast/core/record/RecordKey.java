package io.holdfast.core.record;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Names one record within a scope. */
public record RecordKey(String collection, String id) implements Comparable<RecordKey> {

    private static final Comparator<RecordKey> ORDER =
            Comparator.comparing(RecordKey::collection).thenComparing(RecordKey::id);

    // As a record's own, which looks its components up by handles: keys are asked in every map of records.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RecordKey that && id.equals(that.id) && collection.equals(that.collection));
    }

    @Override
    public int hashCode() {
        return 31 * collection.hashCode() + id.hashCode();
    }

    @Override
    public int compareTo(RecordKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return collection + "/" + id;
    }
}
