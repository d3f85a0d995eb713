package io.holdfast.sources.mapping;

/** What becomes of a record in the target that the source no longer has. */
public enum DeletionPolicy {
    /** Nothing. */
    IGNORE,
    /** It stays, and is marked in the field {@link Mapping#MISSING_FIELD}; the mark goes when the row comes back. */
    MARK,
    /** It is deleted. */
    REMOVE
}
