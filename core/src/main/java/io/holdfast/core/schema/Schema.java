package io.holdfast.core.schema;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A named, versioned set of collections. A schema is data: it is read from JSON or from annotated Java records, and every
 * replica of a scope has one. Immutable.
 *
 * @param version 1 or more; a higher version of the same name may only add
 */
public record Schema(String name, int version, SortedMap<String, CollectionSchema> collections) {

    /** Copies, and checks the version. */
    public Schema {
        if (version < 1) {
            throw new IllegalArgumentException("a schema's version is 1 or more");
        }
        collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
    }

    /** The collection of that name. */
    public Optional<CollectionSchema> collection(String collectionName) {
        return Optional.ofNullable(collections.get(collectionName));
    }

    /**
     * The collection of that name, or one without fields if this version does not know it: a replica keeps and passes on
     * records of collections that only newer versions know, as it does with fields.
     */
    public CollectionSchema collectionOrUnknown(String collectionName) {
        CollectionSchema known = collections.get(collectionName);
        return known == null ? CollectionSchema.of(collectionName, List.of(), List.of()) : known;
    }
}
