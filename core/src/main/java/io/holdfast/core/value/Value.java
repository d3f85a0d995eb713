package io.holdfast.core.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One value of a field, in the exact form that every replica holds.
 *
 * <p>Values round-trip bit for bit through Java, the wire, SQLite and PostgreSQL. Each kind describes itself, so that a
 * replica keeps and passes on values of fields that its own schema does not know. All kinds are immutable and
 * thread-safe.
 */
public sealed interface Value
        permits Value.Null,
                Value.Text,
                Value.Int,
                Value.Real,
                Value.Decimal,
                Value.Bool,
                Value.Time,
                Value.Span,
                Value.Bytes,
                Value.Json,
                CounterValue,
                SetValue {

    /** The cleared value: the field was written, and holds nothing. */
    // Cannot deadlock as long as nothing else makes a Null: only this line initialises that class.
    @SuppressWarnings("ClassInitializationDeadlock")
    Null NULL = new Null();

    /** Says that a field was cleared; its {@link io.holdfast.core.record.Cell} still has a stamp. */
    record Null() implements Value {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** Unicode text without NUL and without lone surrogates; never normalised, compared by its UTF-8 bytes. */
    record Text(String text) implements Value {
        /** Refuses what UTF-8 or PostgreSQL cannot hold. */
        public Text {
            if (!WellFormedText.isWellFormed(text)) {
                throw new IllegalArgumentException("text holds NUL or a lone surrogate");
            }
        }
    }

    /** A signed 64-bit integer. */
    record Int(long number) implements Value {}

    /** A finite IEEE 754 double; negative zero is stored as zero. */
    record Real(double number) implements Value {
        /** Refuses NaN and infinities, folds -0 into 0. */
        public Real {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("REAL must be finite");
            }
            if (number == 0.0d) {
                number = 0.0d;
            }
        }
    }

    /** A decimal whose scale is part of the value: {@code 1.50} and {@code 1.5} are different values. */
    record Decimal(BigDecimal number) implements Value {
        private static final int DIGITS_MAX = 38;

        /** Refuses what no DECIMAL(p,s) holds, so that no value costs more to write out than its digits. */
        public Decimal {
            if (number.scale() < 0 || number.scale() > DIGITS_MAX || number.precision() > DIGITS_MAX) {
                throw new IllegalArgumentException("a decimal has at most 38 digits and no negative scale");
            }
        }
    }

    /** Truth. */
    record Bool(boolean flag) implements Value {}

    /** A point in time in whole microseconds since 1970-01-01T00:00Z, years 0001 to 9999. */
    record Time(long epochMicros) implements Value {}

    /** A signed duration in whole microseconds. */
    record Span(long micros) implements Value {}

    /** Opaque bytes; the array is copied on the way in and on the way out. */
    record Bytes(byte[] bytes) implements Value {
        /** Copies. */
        public Bytes {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Bytes[" + HexFormat.of().formatHex(bytes) + "]";
        }
    }

    /** A JSON document as RFC 8785 canonical text. The text is trusted to be canonical: see {@code CanonicalJson}. */
    record Json(String canonical) implements Value {}

    /** Whether the field holds nothing. */
    default boolean isNull() {
        return this instanceof Null;
    }
}
