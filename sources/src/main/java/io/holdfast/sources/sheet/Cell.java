package io.holdfast.sources.sheet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** What stands in one cell, as the file has it: text files know only text, workbooks know more. Immutable. */
public sealed interface Cell {

    /** Nothing, or only white space. */
    default boolean isBlank() {
        return false;
    }

    /** Nothing. */
    record Blank() implements Cell {

        /** The one there need be. */
        public static final Blank CELL = new Blank();

        @Override
        public boolean isBlank() {
            return true;
        }
    }

    /** Text, as it stands, padding included. */
    record Text(String text) implements Cell {
        @Override
        public boolean isBlank() {
            return Blanks.strip(text).isEmpty();
        }
    }

    /** A number; its scale is never negative and it has no trailing zeros behind the point. */
    record Numeral(BigDecimal number) implements Cell {

        /** Takes away what two ways of writing one number differ in. */
        public Numeral {
            BigDecimal bare = number.stripTrailingZeros();
            number = bare.scale() < 0 ? bare.setScale(0) : bare;
        }
    }

    /** A day. */
    record Day(LocalDate day) implements Cell {}

    /** A day and a time of it, without a zone. */
    record Moment(LocalDateTime moment) implements Cell {}

    /** A time of day. */
    record Clock(LocalTime time) implements Cell {}

    /** True or false. */
    record Flag(boolean flag) implements Cell {}

    /** A formula that failed, such as {@code #DIV/0!}. */
    record Failed(String code) implements Cell {

        /** A formula that was saved without its value: nobody has calculated it, so nobody knows what stands there. */
        public static final Failed UNSAVED = new Failed("formula without value");
    }

    /** What a person sees in the cell: numbers plain, days as ISO 8601. */
    default String shown() {
        return switch (this) {
            case Blank ignored -> "";
            case Text cell -> cell.text();
            case Numeral cell -> cell.number().toPlainString();
            case Day cell -> cell.day().toString();
            case Moment cell -> cell.moment().toString();
            case Clock cell -> cell.time().toString();
            case Flag cell -> cell.flag() ? "TRUE" : "FALSE";
            case Failed cell -> cell.code();
        };
    }
}
