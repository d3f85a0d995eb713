package io.holdfast.core.schema;

/**
 * One field of a collection.
 *
 * @param name lower-case letter first, then letters, digits and underscores; at most 63 characters; starts with no underscore
 * @param fullText whether text search covers it; TEXT only
 */
public record Field(
        String name,
        FieldType type,
        MergeRule merge,
        Sensitivity sensitivity,
        Constraints constraints,
        boolean fullText) {

    /** A field with the defaults: last write stands, internal, unconstrained, not in text search. */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, MergeRule.LAST_WRITE, Sensitivity.INTERNAL, Constraints.NONE, false);
    }

    /** The same field under another merge rule. */
    public Field withMerge(MergeRule rule) {
        return new Field(name, type, rule, sensitivity, constraints, fullText);
    }

    /** The same field of another sensitivity. */
    public Field withSensitivity(Sensitivity level) {
        return new Field(name, type, merge, level, constraints, fullText);
    }

    /** The same field under other constraints. */
    public Field withConstraints(Constraints demanded) {
        return new Field(name, type, merge, sensitivity, demanded, fullText);
    }

    /** The same field, covered by text search. */
    public Field withFullText() {
        return new Field(name, type, merge, sensitivity, constraints, true);
    }

    /** Digits after the point of a number's smallest unit: the scale of a DECIMAL, else 0. */
    public int scale() {
        return type instanceof FieldType.Decimal decimal ? decimal.scale() : 0;
    }
}
