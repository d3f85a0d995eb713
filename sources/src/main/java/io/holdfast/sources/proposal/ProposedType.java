package io.holdfast.sources.proposal;

import io.holdfast.core.schema.FieldType;
import io.holdfast.sources.mapping.DateForm;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.DateReading;
import io.holdfast.sources.table.Digits;
import java.util.Optional;

/** Which type a column's field gets, by what stands in it. Stateless. */
final class ProposedType {

    /** Digits that every 64-bit number has room for. */
    private static final int LONG_DIGITS = 18;

    private ProposedType() {}

    static FieldType of(Column column) {
        return switch (column.type()) {
            case INTEGER -> whole(column.digits());
            case DECIMAL -> fraction(column.digits());
            case BOOLEAN -> FieldType.Simple.BOOLEAN;
            case DATE_TIME -> FieldType.Simple.INSTANT;
            case EMPTY, TEXT, DATE, TIME -> FieldType.Simple.TEXT;
        };
    }

    private static FieldType whole(Digits digits) {
        return digits.whole() <= LONG_DIGITS ? FieldType.Simple.INTEGER : fraction(digits);
    }

    /** With room before the point for larger numbers than those that were seen; exact if 38 digits are enough. */
    private static FieldType fraction(Digits digits) {
        if (digits.whole() + digits.fraction() > FieldType.Decimal.PRECISION_MAX) {
            return FieldType.Simple.REAL;
        }
        boolean small = digits.whole() + digits.fraction() <= LONG_DIGITS;
        return new FieldType.Decimal(small ? LONG_DIGITS : FieldType.Decimal.PRECISION_MAX, digits.fraction());
    }

    /** How the column's days stand, if they are not days by their format. */
    static Optional<DateForm> dates(Column column) {
        return column.dates().map(ProposedType::form);
    }

    private static DateForm form(DateReading reading) {
        if (reading.serials()) {
            return DateForm.SERIAL;
        }
        return switch (reading.order()) {
            case DAY_MONTH_YEAR -> DateForm.DAY_MONTH_YEAR;
            case MONTH_DAY_YEAR -> DateForm.MONTH_DAY_YEAR;
            case YEAR_MONTH_DAY -> DateForm.YEAR_MONTH_DAY;
        };
    }
}
