package io.holdfast.core.schema;

import java.util.List;

/**
 * What it takes to go from one version of a schema to the next. Immutable.
 *
 * <p>Allowed: new collections, new fields that are not required, new and dropped indexes, more digits before the point of a
 * DECIMAL, looser constraints, text search switched on or off, and a sensitivity of the same kind (PUBLIC and INTERNAL; PERSONAL
 * and SECRET). Everything else is refused, because it would lose or reinterpret data:
 *
 * <ul>
 *   <li>a tightened constraint too: records that were fine would break it, and older replicas would go on writing such records;
 *   <li>a sensitivity of the other kind: replicas of both versions would disagree on what a deletion wipes.
 * </ul>
 */
public sealed interface SchemaUpgrade {

    /**
     * The upgrade loses nothing.
     *
     * @param steps what to do, in this order; empty if both schemas are equal
     */
    record Additive(List<Step> steps) implements SchemaUpgrade {
        /** Copies. */
        public Additive {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The upgrade is refused (SCHEMA_DESTRUCTIVE).
     *
     * @param reasons one sentence for each difference that would lose or reinterpret data
     */
    record Destructive(List<String> reasons) implements SchemaUpgrade {
        /** Copies. */
        public Destructive {
            reasons = List.copyOf(reasons);
        }

        /** All reasons as one text for people. */
        public String sentence() {
            return "The new schema would lose or reinterpret data: " + String.join(" ", reasons);
        }
    }

    /** One thing to do for an upgrade. */
    sealed interface Step {

        /** A collection that was not there before, with all its fields and indexes. */
        record AddCollection(CollectionSchema collection) implements Step {}

        /** A field that no record holds yet. */
        record AddField(String collection, Field field) implements Step {}

        /** The same DECIMAL with more digits before the point; the values stay as they are. */
        record WidenDecimal(String collection, Field before, Field after) implements Step {}

        /** A field of which only constraints, text search or sensitivity changed; the values stay as they are. */
        record ChangeField(String collection, Field before, Field after) implements Step {}

        /** An index that is no longer wanted. */
        record DropIndex(String collection, Index index) implements Step {}

        /** An index over fields that are all there by now. */
        record AddIndex(String collection, Index index) implements Step {}
    }

    /** Compares two versions of a schema. */
    static SchemaUpgrade between(Schema before, Schema after) {
        return new SchemaComparison(before, after).upgrade();
    }
}
