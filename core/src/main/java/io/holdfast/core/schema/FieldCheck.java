package io.holdfast.core.schema;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The checks of one field. Immutable and thread-safe. */
final class FieldCheck {

    /** 0001-01-01T00:00:00Z. */
    private static final long EPOCH_MICROS_MIN = -62_135_596_800_000_000L;

    /** 9999-12-31T23:59:59.999999Z. */
    private static final long EPOCH_MICROS_MAX = 253_402_300_799_999_999L;

    private final Field field;
    private final NumberBounds bounds;
    private final TextRules texts;

    FieldCheck(Field field) {
        this.field = field;
        this.bounds = new NumberBounds(field);
        this.texts = new TextRules(field);
    }

    String name() {
        return field.name();
    }

    void validate(Value value, boolean touched, List<Violation> violations) {
        if (value.isNull()) {
            if (field.constraints().required()) {
                violations.add(Violation.of(ErrorCode.FIELD_REQUIRED, field, "", "Give " + field.name() + " a value."));
            }
        } else if (touched) {
            content(value, violations);
        }
    }

    private void content(Value value, List<Violation> violations) {
        switch (value) {
            case CounterValue counter when field.merge() == MergeRule.COUNTER -> counter(counter, violations);
            case SetValue set
            when field.merge() == MergeRule.UNION -> set.members().forEach(member -> element(member, violations));
            case Value.Text text
            when field.type() == Simple.TEXT && field.merge() != MergeRule.UNION ->
                texts.check(text.text(), violations);
            case Value.Int number when field.type() == Simple.INTEGER -> bounds.check(number.number(), violations);
            case Value.Real number when field.type() == Simple.REAL -> real(number.number(), violations);
            case Value.Decimal decimal
            when field.type() instanceof FieldType.Decimal type -> decimal(decimal.number(), type, violations);
            case Value.Bool ignored when field.type() == Simple.BOOLEAN -> {}
            case Value.Time time when field.type() == Simple.INSTANT -> instant(time.epochMicros(), violations);
            case Value.Span ignored when field.type() == Simple.DURATION -> {}
            case Value.Bytes bytes when field.type() == Simple.BYTES -> length(bytes.bytes().length, violations);
            case Value.Json json when field.type() == Simple.JSON -> json(json.canonical(), violations);
            case Value other -> refuse(ErrorCode.FIELD_TYPE, kind(other), "Write " + expected() + ".", violations);
        }
    }

    private void counter(CounterValue counter, List<Violation> violations) {
        if (counter.scale() != field.scale() && !counter.totals().isEmpty()) {
            refuse(ErrorCode.FIELD_TYPE, kind(counter), "Count in units of scale " + field.scale() + ".", violations);
        } else if (field.scale() == 0) {
            bounds.check(counter.sum(), violations);
        } else {
            bounds.check(BigDecimal.valueOf(counter.sum(), field.scale()), violations);
        }
    }

    private void real(double number, List<Violation> violations) {
        if (bounds.isBounded()) {
            bounds.check(new BigDecimal(number), violations);
        }
    }

    private void decimal(BigDecimal number, FieldType.Decimal type, List<Violation> violations) {
        if (number.scale() != type.scale()) {
            refuse(
                    ErrorCode.FIELD_PRECISION,
                    number.toPlainString(),
                    "Use exactly " + type.scale() + " digits after the point.",
                    violations);
        } else if (number.precision() > type.precision()) {
            refuse(
                    ErrorCode.FIELD_RANGE,
                    number.toPlainString(),
                    "Use at most " + type.precision() + " digits.",
                    violations);
        } else {
            bounds.check(number, violations);
        }
    }

    private void instant(long epochMicros, List<Violation> violations) {
        if (epochMicros < EPOCH_MICROS_MIN || epochMicros > EPOCH_MICROS_MAX) {
            refuse(ErrorCode.FIELD_RANGE, epochMicros + " µs", "Use the years 0001 to 9999.", violations);
        }
    }

    /** Values from the wire claim to be canonical; what is not would be written out as it is, and could be anything. */
    private void element(String element, List<Violation> violations) {
        texts.check(element, violations);
        if (element.getBytes(StandardCharsets.UTF_8).length > Limits.ELEMENT_BYTES_MAX) {
            refuse(
                    ErrorCode.FIELD_LENGTH,
                    element,
                    "Use at most " + Limits.ELEMENT_BYTES_MAX + " bytes for an element.",
                    violations);
        }
    }

    private void json(String canonical, List<Violation> violations) {
        if (CanonicalJson.isCanonical(canonical)) {
            field.constraints()
                    .maxLength()
                    .ifPresent(ignored -> length(canonical.getBytes(StandardCharsets.UTF_8).length, violations));
        } else {
            refuse(ErrorCode.FIELD_TYPE, canonical, "Write canonical JSON (RFC 8785).", violations);
        }
    }

    private void length(int bytes, List<Violation> violations) {
        int most = field.constraints().maxLength().orElse(Integer.MAX_VALUE);
        if (bytes > most) {
            refuse(ErrorCode.FIELD_LENGTH, bytes + " bytes", "Use at most " + most + " bytes.", violations);
        }
    }

    private String expected() {
        return switch (field.merge()) {
            case COUNTER -> "a count of " + field.type();
            case UNION -> "a set of TEXT";
            case LAST_WRITE, MAX, MIN, SERVER, REVIEW -> "a value of type " + field.type();
        };
    }

    private static String kind(Value value) {
        return value.getClass().getSimpleName();
    }

    private void refuse(ErrorCode code, String shown, String advice, List<Violation> violations) {
        violations.add(Violation.of(code, field, shown, advice));
    }
}
