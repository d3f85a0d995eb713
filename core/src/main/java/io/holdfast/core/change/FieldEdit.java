package io.holdfast.core.change;

import io.holdfast.core.value.Value;
import java.util.Set;

/** What a caller asks of one field. */
public sealed interface FieldEdit {

    /**
     * The field shall hold this value. For a COUNTER (an {@link Value.Int} or {@link Value.Decimal}) the difference to the
     * visible value is added; for a UNION use {@link Amend}.
     */
    record Assign(Value value) implements FieldEdit {}

    /**
     * Adds to a COUNTER.
     *
     * @param units in units of the field's last digit; negative to take away
     */
    record Add(long units) implements FieldEdit {}

    /** Adds elements to a UNION and removes others; an element in both is added. */
    record Amend(Set<String> add, Set<String> remove) implements FieldEdit {
        /** Copies. */
        public Amend {
            add = Set.copyOf(add);
            remove = Set.copyOf(remove);
        }
    }

    /** The elements of a UNION shall be exactly these: missing ones are added, visible others removed. */
    record Replace(Set<String> elements) implements FieldEdit {
        /** Copies. */
        public Replace {
            elements = Set.copyOf(elements);
        }
    }
}
