package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.WellFormedText;
import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.table.Flags;
import io.holdfast.sources.table.NumberText;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Base64;

/**
 * Turns a cell into the value of a field, so that equal values are equal whatever kind of file they came from. Immutable and
 * thread-safe.
 */
final class CellValues {

    private final MappedField mapped;
    private final CellTimes times;

    CellValues(MappedField mapped, ZoneId zone) {
        this.mapped = mapped;
        this.times = new CellTimes(zone);
    }

    /**
     * The value that a cell gives; null for a blank one.
     *
     * @throws CellRefusedException if it does not fit the field
     */
    Value read(Cell cell) {
        if (cell instanceof Cell.Failed failed) {
            throw new CellRefusedException(
                    ErrorCode.SOURCE_FORMULA, failed.code(), "Correct the formula, and save the sheet.");
        }
        if (cell.isBlank()) {
            return Value.NULL;
        }
        Cell dated = mapped.dates().map(form -> form.day(cell)).orElse(cell);
        return switch (mapped.field().type()) {
            case FieldType.Decimal decimal -> decimal(number(dated), decimal);
            case FieldType.Simple simple -> value(dated, simple);
        };
    }

    private Value value(Cell cell, FieldType.Simple type) {
        return switch (type) {
            case TEXT -> text(cell);
            case INTEGER -> integer(number(cell));
            case REAL -> real(number(cell));
            case BOOLEAN -> flag(cell);
            case INSTANT -> new Value.Time(times.instant(cell));
            case DURATION -> new Value.Span(times.duration(cell));
            case BYTES -> bytes(normalised(cell));
            case JSON -> json(normalised(cell));
        };
    }

    private Value text(Cell cell) {
        String text = normalised(cell);
        if (!WellFormedText.isWellFormed(text)) {
            throw new CellRefusedException(ErrorCode.FIELD_TEXT, "", "Take that character out of the cell.");
        }
        return new Value.Text(text);
    }

    private String normalised(Cell cell) {
        String text = cell.shown();
        for (Normalisation each : mapped.normalise()) {
            text = each.apply(text);
        }
        return text;
    }

    private static BigDecimal number(Cell cell) {
        if (cell instanceof Cell.Numeral number) {
            return number.number();
        }
        if (cell instanceof Cell.Text text) {
            String plain = NumberText.plain(text.text());
            return NumberText.isDash(plain)
                    ? BigDecimal.ZERO
                    : NumberText.parse(plain)
                            .orElseThrow(
                                    () -> new CellRefusedException(
                                            ErrorCode.FIELD_TYPE,
                                            text.text(),
                                            "Write a number such as 1200 or -0.5, without leading zeros; or map the column as TEXT."));
        }
        throw new CellRefusedException(ErrorCode.FIELD_TYPE, cell.shown(), "Write a number.");
    }

    private static Value integer(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        if (bare.scale() > 0) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_PRECISION, number.toPlainString(), "Write a whole number; nothing is rounded.");
        }
        try {
            return new Value.Int(bare.longValueExact());
        } catch (ArithmeticException beyond64Bits) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_RANGE, number.toPlainString(), "Use a whole number of at most 64 bits.");
        }
    }

    private static Value decimal(BigDecimal number, FieldType.Decimal type) {
        BigDecimal bare = number.stripTrailingZeros();
        if (bare.scale() > type.scale()) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_PRECISION,
                    bare.toPlainString(),
                    "Write at most " + type.scale() + " digits after the point; nothing is rounded.");
        }
        if (bare.signum() != 0 && bare.precision() - bare.scale() > type.precision() - type.scale()) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_RANGE,
                    bare.toPlainString(),
                    "Write at most " + (type.precision() - type.scale()) + " digits before the point.");
        }
        return new Value.Decimal(bare.setScale(type.scale()));
    }

    private static Value real(BigDecimal number) {
        double real = number.doubleValue();
        if (Double.isInfinite(real)) {
            throw new CellRefusedException(ErrorCode.FIELD_RANGE, number.toString(), "Use a smaller number.");
        }
        return new Value.Real(real);
    }

    private static Value flag(Cell cell) {
        Cell read = cell instanceof Cell.Text text ? Flags.parse(text.text()).orElse(cell) : cell;
        if (read instanceof Cell.Flag flag) {
            return new Value.Bool(flag.flag());
        }
        throw new CellRefusedException(ErrorCode.FIELD_TYPE, cell.shown(), "Write TRUE or FALSE.");
    }

    private static Value bytes(String text) {
        try {
            return new Value.Bytes(Base64.getDecoder().decode(Blanks.strip(text)));
        } catch (IllegalArgumentException noBase64) {
            throw new CellRefusedException(
                    ErrorCode.FIELD_TYPE, text, "Write standard base64 with padding (RFC 4648).");
        }
    }

    private static Value json(String text) {
        try {
            return new Value.Json(CanonicalJson.of(JsonText.read(text)));
        } catch (JsonRefusedException refused) {
            throw new CellRefusedException(
                    ErrorCode.JSON_MALFORMED, text, "In the cell's JSON, " + refused.detail() + ".");
        }
    }
}
