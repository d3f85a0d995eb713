package io.holdfast.core.local.memory;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.TextOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the keys of records. A row is found by hash, since most asking is for one; the rows in the order of
 * {@link io.holdfast.core.local.LocalTransaction#scan} are kept beside. Not thread-safe.
 *
 * @param <V> the rows, immutable
 */
final class KeyTable<V> {

    private static final Comparator<RecordKey> ORDER =
            (left, right) -> left.collection().equals(right.collection())
                    ? TextOrder.compare(left.id(), right.id())
                    : TextOrder.compare(left.collection(), right.collection());

    private final Map<RecordKey, V> rows = new HashMap<>();
    private final NavigableMap<RecordKey, V> ordered = new TreeMap<>(ORDER);

    @Nullable
    V get(RecordKey key) {
        return rows.get(key);
    }

    boolean has(RecordKey key) {
        return rows.containsKey(key);
    }

    /** Sets or removes a row; returns what was there. */
    @Nullable
    V put(RecordKey key, @Nullable V row) {
        if (row == null) {
            ordered.remove(key);
            return rows.remove(key);
        }
        ordered.put(key, row);
        return rows.put(key, row);
    }

    /** The keys in order. */
    NavigableSet<RecordKey> keys() {
        return Collections.unmodifiableNavigableSet(ordered.navigableKeySet());
    }

    /** The rows in the order of their keys, a new list. */
    List<V> inOrder() {
        return new ArrayList<>(ordered.values());
    }

    KeyTable<V> copy() {
        KeyTable<V> copy = new KeyTable<>();
        copy.rows.putAll(rows);
        copy.ordered.putAll(ordered);
        return copy;
    }
}
