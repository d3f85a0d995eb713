package io.holdfast.core.local.memory;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.TextOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the keys of records. A row is found by hash, since most asking is for one; the order of
 * {@link io.holdfast.core.local.LocalTransaction#scan} is kept beside, and moves only when a key comes or goes. Not thread-safe.
 *
 * @param <V> the rows, immutable
 */
final class KeyTable<V> {

    private static final Comparator<RecordKey> ORDER =
            (left, right) -> left.collection().equals(right.collection())
                    ? TextOrder.compare(left.id(), right.id())
                    : TextOrder.compare(left.collection(), right.collection());

    private final Map<RecordKey, V> rows = new HashMap<>();
    private final NavigableSet<RecordKey> order = new TreeSet<>(ORDER);

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
        V old = row == null ? rows.remove(key) : rows.put(key, row);
        if (old == null && row != null) {
            order.add(key);
        } else if (old != null && row == null) {
            order.remove(key);
        }
        return old;
    }

    /** The keys in order. */
    NavigableSet<RecordKey> keys() {
        return Collections.unmodifiableNavigableSet(order);
    }

    /** The rows in the order of their keys, a new list. */
    List<V> inOrder() {
        List<V> all = new ArrayList<>(rows.size());
        for (RecordKey key : order) {
            V row = rows.get(key);
            if (row != null) {
                all.add(row);
            }
        }
        return all;
    }

    KeyTable<V> copy() {
        KeyTable<V> copy = new KeyTable<>();
        copy.rows.putAll(rows);
        copy.order.addAll(order);
        return copy;
    }
}
