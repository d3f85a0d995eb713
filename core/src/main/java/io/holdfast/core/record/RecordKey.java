package io.holdfast.core.record;

import java.util.Comparator;

/** Names one record within a scope. */
public record RecordKey(String collection, String id) implements Comparable<RecordKey> {

    private static final Comparator<RecordKey> ORDER =
            Comparator.comparing(RecordKey::collection).thenComparing(RecordKey::id);

    @Override
    public int compareTo(RecordKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return collection + "/" + id;
    }
}
