package io.holdfast.core.schema;

import io.holdfast.core.json.CanonicalJson;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned set of collections. A schema is data: it is read from JSON or from annotated Java records, and every
 * replica of a scope has one. Immutable and thread-safe.
 */
public final class Schema {

    private final String name;
    private final int version;
    private final SortedMap<String, CollectionSchema> collections;

    /** Made when first asked for; whichever of two threads made it, it is the same. */
    private @Nullable String text;

    /**
     * Copies, and checks the version.
     *
     * @param version 1 or more; a higher version of the same name may only add
     */
    public Schema(String name, int version, SortedMap<String, CollectionSchema> collections) {
        if (version < 1) {
            throw new IllegalArgumentException("a schema's version is 1 or more");
        }
        this.name = name;
        this.version = version;
        this.collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its version, 1 or more. */
    public int version() {
        return version;
    }

    /** Its collections by name. */
    public SortedMap<String, CollectionSchema> collections() {
        return collections;
    }

    /** What {@link SchemaJson#write} writes; kept, because each opening of a store and each session names the schema by it. */
    String text() {
        String written = text;
        if (written == null) {
            written = CanonicalJson.of(SchemaTree.of(this));
            text = written;
        }
        return written;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Schema that
                        && version == that.version
                        && name.equals(that.name)
                        && collections.equals(that.collections));
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + version;
    }

    @Override
    public String toString() {
        return "Schema" + text();
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
