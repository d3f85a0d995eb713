package io.holdfast.sources.google;

import io.holdfast.core.json.JsonTree;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ExcelDates;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Cells of the Sheets API as what they hold: {@code effectiveValue}, and whether {@code effectiveFormat} shows a number as a day. Days
 * are counted from 1899-12-30. Stateless.
 */
final class GoogleCells {

    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final double SERIAL_MIN = -693_593;
    private static final double SERIAL_END = 2_958_466;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MILLI_NANOS = 1_000_000;

    private GoogleCells() {}

    static Cell read(JsonTree cell) {
        Optional<String> text = Members.text(cell, "effectiveValue", "stringValue");
        if (text.isPresent()) {
            return text.get().isEmpty() ? Cell.Blank.CELL : new Cell.Text(text.get());
        }
        Optional<Cell> number = Members.at(cell, "effectiveValue", "numberValue")
                .flatMap(found -> found instanceof JsonTree.Numeral numeral
                        ? Optional.of(number(Double.parseDouble(numeral.literal()), format(cell)))
                        : Optional.empty());
        return number.or(() -> Members.flag(cell, "effectiveValue", "boolValue").map(Cell.Flag::new))
                .or(() -> Members.text(cell, "effectiveValue", "errorValue", "type")
                        .map(GoogleCells::failed))
                .orElse(Cell.Blank.CELL);
    }

    private static String format(JsonTree cell) {
        return Members.text(cell, "effectiveFormat", "numberFormat", "type").orElse("");
    }

    private static Cell number(double number, String format) {
        boolean dated = format.equals("DATE") || format.equals("DATE_TIME") || format.equals("TIME");
        return dated && number >= SERIAL_MIN && number < SERIAL_END ? dated(number, format) : ExcelDates.number(number);
    }

    private static Cell dated(double serial, String format) {
        long millis = Math.round((serial - Math.floor(serial)) * DAY_MILLIS);
        long whole = (long) Math.floor(serial) + millis / DAY_MILLIS;
        LocalTime time = LocalTime.ofNanoOfDay(millis % DAY_MILLIS * MILLI_NANOS);
        if (format.equals("TIME") && whole == 0) {
            return new Cell.Clock(time);
        }
        LocalDate day = DAY_0.plusDays(whole);
        return time.equals(LocalTime.MIDNIGHT) ? new Cell.Day(day) : new Cell.Moment(LocalDateTime.of(day, time));
    }

    /** As spreadsheet programs show them; a formula that is being calculated has no value yet. */
    private static Cell failed(String type) {
        return switch (type) {
            case "LOADING" -> Cell.Failed.UNSAVED;
            case "DIVIDE_BY_ZERO" -> new Cell.Failed("#DIV/0!");
            case "NULL_VALUE" -> new Cell.Failed("#NULL!");
            case "VALUE", "REF", "NUM" -> new Cell.Failed("#" + type + "!");
            case "NAME" -> new Cell.Failed("#NAME?");
            case "N_A" -> new Cell.Failed("#N/A");
            default -> new Cell.Failed("#ERROR!");
        };
    }
}
