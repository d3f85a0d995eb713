package io.holdfast.server.storage.table;

import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.SqlColumn;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a collection as a column of its typed table.
 *
 * @param digits of a decimal, else 0
 * @param scale of a decimal, else 0
 */
record FieldColumn(String field, ColumnKind kind, int digits, int scale, SqlColumn column) {

    FieldColumn(String field, ColumnKind kind, int digits, int scale) {
        this(
                field,
                kind,
                digits,
                scale,
                new SqlColumn(TableNames.column(field), new ColumnType(kind.stored(), digits, scale)));
    }

    static FieldColumn of(Field field) {
        boolean decimal = field.type() instanceof FieldType.Decimal;
        int digits = field.type() instanceof FieldType.Decimal type ? type.precision() : 0;
        return new FieldColumn(field.name(), ColumnKind.of(field), digits, decimal ? field.scale() : 0);
    }

    /** Whether a column differs from another in nothing, or only in how many digits its decimals have. */
    boolean sameButForDigits(FieldColumn other) {
        return kind == other.kind && scale == other.scale;
    }

    /** What carries a value to the column; null for null, and for a value that the column cannot hold bit for bit. */
    @Nullable
    Object carrier(Value value) {
        Object carrier = kind.carrier(value);
        if (carrier instanceof BigDecimal number && (number.scale() != scale || number.precision() > digits)) {
            return null;
        }
        return carrier;
    }

    /** The value a carrier stands for; {@link Value#NULL} if a foreign hand has written what no field may hold. */
    Value value(@Nullable Object carrier) {
        if (carrier == null) {
            return Value.NULL;
        }
        try {
            return kind.value(carrier);
        } catch (IllegalArgumentException foreign) {
            return Value.NULL;
        }
    }

    /** Whether the column shows the value, as it does after every write of our own. */
    boolean shows(Value value, @Nullable Object carrier) {
        return Objects.deepEquals(carrier(value), carrier);
    }
}
