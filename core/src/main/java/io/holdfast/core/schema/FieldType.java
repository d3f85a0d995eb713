package io.holdfast.core.schema;

/** What kind of {@link io.holdfast.core.value.Value} a field holds. */
public sealed interface FieldType {

    /** The types without parameters. */
    enum Simple implements FieldType {
        TEXT,
        INTEGER,
        REAL,
        BOOLEAN,
        INSTANT,
        DURATION,
        BYTES,
        JSON
    }

    /**
     * An exact decimal.
     *
     * @param precision digits in all, 1 to {@value #PRECISION_MAX}
     * @param scale digits after the point, 0 to {@code precision}
     */
    record Decimal(int precision, int scale) implements FieldType {
        /** Most digits a decimal may have. */
        public static final int PRECISION_MAX = 38;

        /** Checks the ranges. */
        public Decimal {
            if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(" + precision + "," + scale + ") is out of range");
            }
        }

        @Override
        public String toString() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
    }
}
