package io.holdfast.core.schema;

import io.holdfast.core.schema.FieldType.Decimal;
import io.holdfast.core.schema.FieldType.Simple;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in a schema's text: {@code TEXT}, {@code DECIMAL(18,8)} and so on. Stateless. */
public final class FieldTypeName {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(([1-9][0-9]?), ?([0-9]|[1-9][0-9])\\)");

    private FieldTypeName() {}

    /** The name of a type. */
    public static String of(FieldType type) {
        return type.toString();
    }

    /** The type of that name; empty if none has it. */
    public static Optional<FieldType> parse(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            return precision <= Decimal.PRECISION_MAX && scale <= precision
                    ? Optional.of(new Decimal(precision, scale))
                    : Optional.empty();
        }
        for (Simple simple : Simple.values()) {
            if (simple.name().equals(name)) {
                return Optional.of(simple);
            }
        }
        return Optional.empty();
    }
}
