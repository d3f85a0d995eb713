package io.holdfast.core.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a field's value must satisfy.
 *
 * @param required whether a live record must hold a non-null value
 * @param maxLength most characters (code points) of TEXT, most bytes of BYTES, JSON (UTF-8) and of UNION's elements
 * @param min least number, inclusive; of INTEGER, REAL, DECIMAL, and of COUNTER's visible value
 * @param max greatest number, inclusive
 * @param pattern regular expression ({@link java.util.regex.Pattern}) that the whole TEXT must match
 * @param oneOf the only texts allowed; empty for any
 */
public record Constraints(
        boolean required,
        OptionalInt maxLength,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        Optional<String> pattern,
        List<String> oneOf) {

    /** Nothing is demanded. */
    public static final Constraints NONE = new Constraints(
            false, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Copies, and drops the trailing zeros of the bounds, so that equal demands are equal records. */
    public Constraints {
        min = min.map(BigDecimal::stripTrailingZeros);
        max = max.map(BigDecimal::stripTrailingZeros);
        oneOf = List.copyOf(oneOf);
    }
}
