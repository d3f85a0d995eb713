package io.holdfast.store.sqlite;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a field's value stands in its column.
 *
 * <p>TEXT as TEXT; INTEGER as INTEGER; REAL as REAL; BOOLEAN as 0 or 1; INSTANT and DURATION as INTEGER microseconds;
 * BYTES as BLOB; JSON as its canonical TEXT; DECIMAL up to 18 digits as its unscaled INTEGER, above as {@link WideDecimal}
 * TEXT. A COUNTER shows its sum (of a DECIMAL: unscaled), a UNION its members as a sorted JSON array; what they are made of
 * stands with the record's stamps.
 */
record Column(Field field) {

    private static final int NARROW_DIGITS_MAX = 18;

    /** The column's name as SQL. */
    String sql() {
        return quoted(field.name());
    }

    /** A name as SQL. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The column's declared type. */
    String declared() {
        if (field.merge() == MergeRule.UNION) {
            return "TEXT";
        }
        return switch (field.type()) {
            case FieldType.Simple simple ->
                switch (simple) {
                    case TEXT, JSON -> "TEXT";
                    case INTEGER, BOOLEAN, INSTANT, DURATION -> "INTEGER";
                    case REAL -> "REAL";
                    case BYTES -> "BLOB";
                };
            case FieldType.Decimal decimal -> wide(decimal) ? "TEXT" : "INTEGER";
        };
    }

    /** Whether the column holds the value itself, not only what a reader sees of it. */
    boolean holds(Value value) {
        return !lattice() && stored(value) != null;
    }

    /** Whether replicas merge the field, so that its column shows only the outcome. */
    boolean lattice() {
        return field.merge() == MergeRule.COUNTER || field.merge() == MergeRule.UNION;
    }

    /** What stands in the column; null for nothing, also if the value is not of the field's type. */
    @Nullable
    Object stored(Value value) {
        return switch (value) {
            case Value.Null ignored -> null;
            case Value.Text text -> simple(FieldType.Simple.TEXT) ? text.text() : null;
            case Value.Int number -> simple(FieldType.Simple.INTEGER) ? (Long) number.number() : null;
            case Value.Real number -> simple(FieldType.Simple.REAL) ? (Double) number.number() : null;
            case Value.Decimal decimal -> decimal(decimal.number());
            case Value.Bool bool -> simple(FieldType.Simple.BOOLEAN) ? (Long) (bool.flag() ? 1L : 0L) : null;
            case Value.Time time -> simple(FieldType.Simple.INSTANT) ? (Long) time.epochMicros() : null;
            case Value.Span span -> simple(FieldType.Simple.DURATION) ? (Long) span.micros() : null;
            case Value.Bytes bytes -> simple(FieldType.Simple.BYTES) ? bytes.bytes() : null;
            case Value.Json json -> simple(FieldType.Simple.JSON) ? json.canonical() : null;
            case CounterValue counter -> field.merge() == MergeRule.COUNTER ? (Long) counter.sum() : null;
            case SetValue set -> field.merge() == MergeRule.UNION ? array(set) : null;
        };
    }

    /**
     * What a reader sees in the column; {@link Value#NULL} if it is empty. A counter has its sum
     * and a union its members, but nothing of who added them when.
     *
     * @throws IllegalArgumentException if the column holds what was never stored there
     */
    Value visible(ResultSet row, int index) throws SQLException {
        if (field.merge() == MergeRule.UNION) {
            String text = row.getString(index);
            return text == null ? Value.NULL : set(text);
        }
        if (field.merge() == MergeRule.COUNTER) {
            long sum = row.getLong(index);
            return row.wasNull() ? Value.NULL : CounterValue.zero(field.scale()).add(0, Math.max(sum, -Long.MAX_VALUE));
        }
        return switch (field.type()) {
            case FieldType.Simple simple -> simple(simple, row, index);
            case FieldType.Decimal decimal -> decimal(decimal, row, index);
        };
    }

    /** The column as people read it: decimals with their point, instants as ISO-8601, truth as a word. */
    String readable() {
        if (field.merge() != MergeRule.UNION && field.type() instanceof FieldType.Decimal decimal) {
            return wide(decimal) ? readableWide(decimal) : readableNarrow(decimal);
        }
        if (field.type() == FieldType.Simple.BOOLEAN) {
            return "CASE " + sql() + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        }
        if (field.type() == FieldType.Simple.INSTANT) {
            String micros = "((" + sql() + " % 1000000 + 1000000) % 1000000)";
            return "strftime('%Y-%m-%dT%H:%M:%S',(" + sql() + " - " + micros + ") / 1000000,'unixepoch')"
                    + " || printf('.%06dZ'," + micros + ")";
        }
        return sql();
    }

    private boolean simple(FieldType.Simple type) {
        return field.type() == type && !lattice();
    }

    private @Nullable Object decimal(BigDecimal number) {
        if (!(field.type() instanceof FieldType.Decimal decimal)
                || lattice()
                || number.scale() != decimal.scale()
                || number.precision() > decimal.precision()) {
            return null;
        }
        BigInteger unscaled = number.unscaledValue();
        return wide(decimal) ? WideDecimal.encode(unscaled) : (Object) unscaled.longValueExact();
    }

    private static String array(SetValue set) {
        List<JsonTree> members =
                set.members().stream().<JsonTree>map(JsonTree.Text::new).toList();
        return CanonicalJson.of(new JsonTree.Elements(members));
    }

    private static SetValue set(String array) {
        SetValue set = SetValue.EMPTY;
        if (JsonText.read(array) instanceof JsonTree.Elements members) {
            for (JsonTree member : members.elements()) {
                set = set.add(((JsonTree.Text) member).text(), 0, 1);
            }
        }
        return set;
    }

    private static Value simple(FieldType.Simple type, ResultSet row, int index) throws SQLException {
        return switch (type) {
            case TEXT, JSON -> text(type, row.getString(index));
            case BYTES -> bytes(row.getBytes(index));
            case REAL -> {
                double number = row.getDouble(index);
                yield row.wasNull() ? Value.NULL : new Value.Real(number);
            }
            case INTEGER, BOOLEAN, INSTANT, DURATION -> {
                long number = row.getLong(index);
                yield row.wasNull() ? Value.NULL : whole(type, number);
            }
        };
    }

    private static Value text(FieldType.Simple type, @Nullable String text) {
        if (text == null) {
            return Value.NULL;
        }
        return type == FieldType.Simple.JSON ? new Value.Json(text) : new Value.Text(text);
    }

    private static Value bytes(byte @Nullable [] bytes) {
        return bytes == null ? Value.NULL : new Value.Bytes(bytes);
    }

    private static Value whole(FieldType.Simple type, long number) {
        return switch (type) {
            case BOOLEAN -> new Value.Bool(number != 0);
            case INSTANT -> new Value.Time(number);
            case DURATION -> new Value.Span(number);
            case INTEGER, TEXT, REAL, BYTES, JSON -> new Value.Int(number);
        };
    }

    private static Value decimal(FieldType.Decimal type, ResultSet row, int index) throws SQLException {
        if (wide(type)) {
            String text = row.getString(index);
            return text == null ? Value.NULL : new Value.Decimal(WideDecimal.decode(text, type.scale()));
        }
        long unscaled = row.getLong(index);
        return row.wasNull() ? Value.NULL : new Value.Decimal(BigDecimal.valueOf(unscaled, type.scale()));
    }

    /** Whether decimals of that type stand in their column as text. */
    static boolean wide(FieldType.Decimal decimal) {
        return decimal.precision() > NARROW_DIGITS_MAX;
    }

    private String readableNarrow(FieldType.Decimal decimal) {
        int scale = decimal.scale();
        if (scale == 0) {
            return "CAST(" + sql() + " AS TEXT)";
        }
        String unit = BigInteger.TEN.pow(scale).toString();
        return "CASE WHEN " + sql() + " < 0 THEN '-' ELSE '' END || abs(" + sql() + " / " + unit + ") || printf('.%0"
                + scale + "d',abs(" + sql() + " % " + unit + "))";
    }

    private String readableWide(FieldType.Decimal decimal) {
        String digits = WideDecimal.digits(sql());
        int whole = WideDecimal.DIGITS - decimal.scale();
        String sign = "CASE WHEN " + sql() + " LIKE '-%' THEN '-' ELSE '' END || ";
        String units = "coalesce(nullif(ltrim(substr(" + digits + ",1," + whole + "),'0'),''),'0')";
        return decimal.scale() == 0
                ? sign + units
                : sign + units + " || '.' || substr(" + digits + "," + (whole + 1) + ")";
    }
}
