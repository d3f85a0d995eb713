package io.holdfast.core.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The records of one kind: their fields and indexes. Immutable. */
public record CollectionSchema(String name, SortedMap<String, Field> fields, List<Index> indexes) {

    /** Copies. */
    public CollectionSchema {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        indexes = List.copyOf(indexes);
    }

    /** A collection from its fields. */
    public static CollectionSchema of(String name, List<Field> fields, List<Index> indexes) {
        Map<String, Field> byName = new TreeMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        return new CollectionSchema(name, new TreeMap<>(byName), indexes);
    }

    /** The field of that name, if this version of the schema knows it. */
    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    /** The rule a field merges by; fields that this version does not know merge by {@link MergeRule#LAST_WRITE}. */
    public MergeRule mergeRule(String fieldName) {
        Field field = fields.get(fieldName);
        return field == null ? MergeRule.LAST_WRITE : field.merge();
    }

    /** Whether a deletion wipes the field; never so for fields that this version does not know. */
    public boolean wipedOnDelete(String fieldName) {
        Field field = fields.get(fieldName);
        return field != null && field.sensitivity().wipedOnDelete();
    }
}
