package io.holdfast.core.schema;

/** How much harm the disclosure of a field would do; later encryption and wiping go by it. */
public enum Sensitivity {
    /** Known to everybody. */
    PUBLIC,
    /** For members of the scope; the default. */
    INTERNAL,
    /** About a person: wiped when the record is deleted. */
    PERSONAL,
    /** A credential or the like: wiped when the record is deleted. */
    SECRET;

    /** Whether a deletion removes the value for good instead of keeping it for a later edit. */
    public boolean wipedOnDelete() {
        return this == PERSONAL || this == SECRET;
    }
}
