package io.holdfast.core.record;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the fields of one record, by field name, ascending in the natural order of text. Immutable, so that states
 * and layers hand it on without copying: two sorted arrays, because a record has few fields, is read far more often than it
 * is made, and is merged field by field.
 *
 * @param <V> what belongs to a field; never null
 */
@SuppressWarnings("JdkObsolete") // nobody needs more of an order than to go through it
public final class FieldMap<V> extends AbstractMap<String, V> implements SortedMap<String, V> {

    private static final FieldMap<?> EMPTY = new FieldMap<>(new String[0], new Object[0]);

    /** Up to so many names, asking one after the other whether it is the one is faster than halving. */
    private static final int FEW = 8;

    private final String[] names;
    private final Object[] values;

    private FieldMap(String[] names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** No fields. */
    @SuppressWarnings("unchecked") // nothing is in it that could be of another type
    public static <V> FieldMap<V> of() {
        return (FieldMap<V>) EMPTY;
    }

    /** The same fields; the map itself if it is a field map. */
    public static <V> FieldMap<V> copyOf(SortedMap<String, V> fields) {
        if (fields instanceof FieldMap<V> already) {
            return already;
        }
        Builder<V> builder = new Builder<>(fields.size());
        fields.forEach(builder::put);
        return builder.build();
    }

    /** What two values of one field come to. */
    @FunctionalInterface
    public interface Merge<V> {
        /** Of a field that both sides have. */
        V merge(String name, V mine, V theirs);
    }

    /** The fields of both; where both have one, what the merge makes of them. */
    public FieldMap<V> mergedWith(FieldMap<V> other, Merge<V> merge) {
        if (other.names.length == 0) {
            return this;
        }
        if (names.length == 0) {
            return other;
        }
        Builder<V> merged = new Builder<>(names.length + other.names.length);
        int mine = 0;
        int theirs = 0;
        while (mine < names.length && theirs < other.names.length) {
            int order = names[mine].compareTo(other.names[theirs]);
            if (order < 0) {
                merged.append(names[mine], value(mine++));
            } else if (order > 0) {
                merged.append(other.names[theirs], other.value(theirs++));
            } else {
                merged.append(names[mine], merge.merge(names[mine], value(mine++), other.value(theirs++)));
            }
        }
        while (mine < names.length) {
            merged.append(names[mine], value(mine++));
        }
        while (theirs < other.names.length) {
            merged.append(other.names[theirs], other.value(theirs++));
        }
        return merged.build();
    }

    /** The same fields with other values; the map itself if no value becomes another object. */
    @SuppressWarnings("ReferenceEquality") // the question is whether there is anything new to hold
    public FieldMap<V> mapped(BiFunction<String, V, V> change) {
        Object[] next = new Object[values.length];
        boolean changed = false;
        for (int i = 0; i < values.length; i++) {
            next[i] = change.apply(names[i], value(i));
            changed |= next[i] != values[i];
        }
        return changed ? new FieldMap<>(names, next) : this;
    }

    /** What belongs to the field of that place, counted from 0 in the order of names. */
    @SuppressWarnings("unchecked") // only values of this type go into the array
    V value(int index) {
        return (V) values[index];
    }

    @Override
    @SuppressWarnings("NullAway") // an absent field has no value: the contract of Map
    public V get(@Nullable Object name) {
        int index = index(name);
        return index < 0 ? null : value(index);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return index(name) >= 0;
    }

    private int index(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return -1;
        }
        if (names.length > FEW) {
            return Arrays.binarySearch(names, text);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(text)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldMap<?> that
                ? Arrays.equals(names, that.names) && Arrays.equals(values, that.values)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], value(i));
        }
    }

    @Override
    public Set<String> keySet() {
        return new Names();
    }

    @Override
    public Collection<V> values() {
        return new Values();
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Names extends AbstractSet<String> {

        @Override
        public int size() {
            return names.length;
        }

        @Override
        public boolean contains(@Nullable Object name) {
            return containsKey(name);
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.asList(names).iterator();
        }
    }

    private final class Values extends AbstractList<V> implements RandomAccess {

        @Override
        public int size() {
            return names.length;
        }

        @Override
        public V get(int index) {
            return value(index);
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<String, V>> {

        @Override
        public int size() {
            return names.length;
        }

        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < names.length;
                }

                @Override
                public Map.Entry<String, V> next() {
                    if (next == names.length) {
                        throw new NoSuchElementException();
                    }
                    return Map.entry(names[next], value(next++));
                }
            };
        }
    }

    /** Always null: the natural order. */
    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public FieldMap<V> subMap(String from, String to) {
        return part(place(from), place(to));
    }

    @Override
    public FieldMap<V> headMap(String to) {
        return part(0, place(to));
    }

    @Override
    public FieldMap<V> tailMap(String from) {
        return part(place(from), names.length);
    }

    private int place(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? -index - 1 : index;
    }

    private FieldMap<V> part(int from, int to) {
        return new FieldMap<>(Arrays.copyOfRange(names, from, to), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public String firstKey() {
        return names[nonEmpty()];
    }

    @Override
    public String lastKey() {
        return names[nonEmpty() + names.length - 1];
    }

    private int nonEmpty() {
        if (names.length == 0) {
            throw new NoSuchElementException();
        }
        return 0;
    }

    /**
     * Collects fields. Cheapest in ascending order. Not thread-safe.
     *
     * @param <V> what belongs to a field
     */
    public static final class Builder<V> {
        private String[] names;
        private Object[] values;
        private int size;

        /** Expects about so many fields. */
        public Builder(int expected) {
            names = new String[expected];
            values = new Object[expected];
        }

        /** Adds a field, or replaces its value. */
        public Builder<V> put(String name, V value) {
            if (size == 0 || names[size - 1].compareTo(name) < 0) {
                append(name, value);
                return this;
            }
            int index = Arrays.binarySearch(names, 0, size, name);
            if (index >= 0) {
                values[index] = value;
            } else {
                insert(-index - 1, name, value);
            }
            return this;
        }

        private void append(String name, V value) {
            grow();
            names[size] = name;
            values[size++] = value;
        }

        private void insert(int at, String name, V value) {
            grow();
            System.arraycopy(names, at, names, at + 1, size - at);
            System.arraycopy(values, at, values, at + 1, size - at);
            names[at] = name;
            values[at] = value;
            size++;
        }

        private void grow() {
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size + 4);
                values = Arrays.copyOf(values, 2 * size + 4);
            }
        }

        /** The fields; the builder is of no use afterwards. */
        public FieldMap<V> build() {
            if (size == 0) {
                return of();
            }
            boolean full = size == names.length;
            return new FieldMap<>(
                    full ? names : Arrays.copyOf(names, size), full ? values : Arrays.copyOf(values, size));
        }
    }
}
