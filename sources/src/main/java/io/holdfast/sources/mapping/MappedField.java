package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One field of the target, and the column it comes from. Immutable.
 *
 * @param column by the name that {@code source inspect} shows
 * @param field its name, type, whether it is required, and its format as the pattern of its texts
 * @param normalise what is done to texts first
 * @param dates how days stand in the column, for TEXT (which then holds them in ISO 8601) and INSTANT
 * @param references the collection in which a record must have the field's text as its id; checked by the run
 */
public record MappedField(
        String column,
        Field field,
        Set<Normalisation> normalise,
        Optional<DateForm> dates,
        Optional<String> references) {

    /** Copies. */
    public MappedField {
        Set<Normalisation> inOrder = EnumSet.noneOf(Normalisation.class);
        inOrder.addAll(normalise);
        normalise = Collections.unmodifiableSet(inOrder);
    }

    /** The field's name. */
    public String name() {
        return field.name();
    }

    /** The same, with a value demanded of every record. */
    MappedField requiring() {
        Constraints now = field.constraints();
        return new MappedField(
                column,
                field.withConstraints(
                        new Constraints(true, now.maxLength(), now.min(), now.max(), now.pattern(), now.oneOf())),
                normalise,
                dates,
                references);
    }
}
