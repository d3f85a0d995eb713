package io.holdfast.core.schema;

import java.util.List;
import java.util.TreeMap;

/** Collections that every scope has beside those of its schema; their names begin with an underscore. */
public final class SystemCollections {

    /** What lost under {@link MergeRule#REVIEW} and waits for a person. */
    public static final String REVIEWS = "_reviews";

    private static final CollectionSchema REVIEWS_SCHEMA = CollectionSchema.of(
            REVIEWS,
            List.of(
                    Field.of("collection", FieldType.Simple.TEXT),
                    Field.of("record", FieldType.Simple.TEXT),
                    Field.of("field", FieldType.Simple.TEXT),
                    Field.of("candidate", FieldType.Simple.JSON),
                    Field.of("standing", FieldType.Simple.JSON),
                    Field.of("replica", FieldType.Simple.TEXT),
                    Field.of("at", FieldType.Simple.INSTANT),
                    Field.of("status", FieldType.Simple.TEXT).withMerge(MergeRule.SERVER),
                    Field.of("decided_by", FieldType.Simple.TEXT).withMerge(MergeRule.SERVER),
                    Field.of("reason", FieldType.Simple.TEXT).withMerge(MergeRule.SERVER)),
            List.of(new Index(List.of("status", "at"), Index.Kind.ORDERED)));

    private SystemCollections() {}

    /** The schema with the system collections in it. */
    public static Schema addTo(Schema schema) {
        TreeMap<String, CollectionSchema> all = new TreeMap<>(schema.collections());
        all.put(REVIEWS, REVIEWS_SCHEMA);
        return new Schema(schema.name(), schema.version(), all);
    }

    /** The schema as its authors wrote it, without the system collections. */
    public static Schema removeFrom(Schema schema) {
        TreeMap<String, CollectionSchema> own = new TreeMap<>(schema.collections());
        own.remove(REVIEWS);
        return new Schema(schema.name(), schema.version(), own);
    }
}
