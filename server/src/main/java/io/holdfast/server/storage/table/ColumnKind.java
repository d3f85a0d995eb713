package io.holdfast.server.storage.table;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the values of a field become in its column. The names stand in the catalogue and never change. */
enum ColumnKind {
    TEXT(ColumnType.Kind.TEXT),
    INTEGER(ColumnType.Kind.LONG),
    REAL(ColumnType.Kind.DOUBLE),
    DECIMAL(ColumnType.Kind.DECIMAL),
    BOOLEAN(ColumnType.Kind.BOOLEAN),
    INSTANT(ColumnType.Kind.INSTANT),
    /** Microseconds. */
    DURATION(ColumnType.Kind.LONG),
    BYTES(ColumnType.Kind.BYTES),
    /** Canonical text. */
    JSON(ColumnType.Kind.TEXT),
    /** The visible sum of a counter of INTEGER; the totals stand beside the row. */
    COUNTER(ColumnType.Kind.LONG),
    /** The visible sum of a counter of DECIMAL. */
    DECIMAL_COUNTER(ColumnType.Kind.DECIMAL),
    /** The visible elements as a JSON array, in UTF-16 order; the marks stand beside the row. */
    UNION(ColumnType.Kind.TEXT);

    private final ColumnType.Kind stored;

    ColumnKind(ColumnType.Kind stored) {
        this.stored = stored;
    }

    ColumnType.Kind stored() {
        return stored;
    }

    /** Whether the column holds all there is of a value; else it only shows what is visible. */
    boolean isWhole() {
        return this != COUNTER && this != DECIMAL_COUNTER && this != UNION;
    }

    static ColumnKind of(Field field) {
        if (field.merge() == MergeRule.UNION) {
            return UNION;
        }
        boolean counter = field.merge() == MergeRule.COUNTER;
        return switch (field.type()) {
            case FieldType.Decimal ignored -> counter ? DECIMAL_COUNTER : DECIMAL;
            case FieldType.Simple simple -> counter ? COUNTER : valueOf(simple.name());
        };
    }

    /** What carries a value to the column; null for null, and for a value of another kind than the column's. */
    @Nullable
    Object carrier(Value value) {
        return switch (value) {
            case Value.Null ignored -> null;
            case Value.Text text -> this == TEXT ? text.text() : null;
            case Value.Int number -> this == INTEGER ? (Object) number.number() : null;
            case Value.Real number -> this == REAL ? (Object) number.number() : null;
            case Value.Decimal number -> this == DECIMAL ? number.number() : null;
            case Value.Bool bool -> this == BOOLEAN ? (Object) bool.flag() : null;
            case Value.Time time -> this == INSTANT ? (Object) time.epochMicros() : null;
            case Value.Span span -> this == DURATION ? (Object) span.micros() : null;
            case Value.Bytes bytes -> this == BYTES ? bytes.bytes() : null;
            case Value.Json json -> this == JSON ? json.canonical() : null;
            case CounterValue counter -> sum(counter);
            case SetValue set -> this == UNION ? members(set) : null;
        };
    }

    private @Nullable Object sum(CounterValue counter) {
        if (this == COUNTER && counter.scale() == 0) {
            return counter.sum();
        }
        return this == DECIMAL_COUNTER ? BigDecimal.valueOf(counter.sum(), counter.scale()) : null;
    }

    private static String members(SetValue set) {
        List<JsonTree> elements =
                set.members().stream().<JsonTree>map(JsonTree.Text::new).toList();
        return CanonicalJson.of(new JsonTree.Elements(elements));
    }

    /**
     * The value that a column's carrier stands for. Sums and elements come back as the plain numbers and texts they show.
     *
     * @throws IllegalArgumentException if no such value may be
     */
    Value value(Object carrier) {
        return switch (this) {
            case TEXT, UNION -> new Value.Text((String) carrier);
            case INTEGER, COUNTER -> new Value.Int((Long) carrier);
            case REAL -> new Value.Real((Double) carrier);
            case DECIMAL, DECIMAL_COUNTER -> new Value.Decimal((BigDecimal) carrier);
            case BOOLEAN -> new Value.Bool((Boolean) carrier);
            case INSTANT -> new Value.Time((Long) carrier);
            case DURATION -> new Value.Span((Long) carrier);
            case BYTES -> new Value.Bytes((byte[]) carrier);
            case JSON -> new Value.Json((String) carrier);
        };
    }
}
