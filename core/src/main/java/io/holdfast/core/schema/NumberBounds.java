package io.holdfast.core.schema;

import io.holdfast.core.error.ErrorCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The least and the greatest number a field may hold, prepared for whole numbers. Immutable and thread-safe. */
final class NumberBounds {

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Field field;
    private final Constraints constraints;
    private final long longMin;
    private final long longMax;
    private final boolean noLong;

    NumberBounds(Field field) {
        this.field = field;
        this.constraints = field.constraints();
        BigDecimal min = constraints.min().orElse(LONG_MIN);
        BigDecimal max = constraints.max().orElse(LONG_MAX);
        this.noLong = min.compareTo(LONG_MAX) > 0 || max.compareTo(LONG_MIN) < 0;
        this.longMin = min.max(LONG_MIN)
                .min(LONG_MAX)
                .setScale(0, RoundingMode.CEILING)
                .longValue();
        this.longMax =
                max.min(LONG_MAX).max(LONG_MIN).setScale(0, RoundingMode.FLOOR).longValue();
    }

    void check(long number, List<Violation> violations) {
        if (noLong || number < longMin || number > longMax) {
            refuse(Long.toString(number), violations);
        }
    }

    void check(BigDecimal number, List<Violation> violations) {
        boolean below =
                constraints.min().filter(min -> number.compareTo(min) < 0).isPresent();
        boolean above =
                constraints.max().filter(max -> number.compareTo(max) > 0).isPresent();
        if (below || above) {
            refuse(number.toPlainString(), violations);
        }
    }

    boolean isBounded() {
        return constraints.min().isPresent() || constraints.max().isPresent();
    }

    private void refuse(String shown, List<Violation> violations) {
        violations.add(Violation.of(ErrorCode.FIELD_RANGE, field, shown, advice()));
    }

    private String advice() {
        String from = constraints.min().map(min -> " from " + plain(min)).orElse("");
        String to = constraints.max().map(max -> " up to " + plain(max)).orElse("");
        return "Use a number" + from + to + ".";
    }

    private static String plain(BigDecimal bound) {
        return Math.abs(bound.scale()) > FieldType.Decimal.PRECISION_MAX ? bound.toString() : bound.toPlainString();
    }
}
