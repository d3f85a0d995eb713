package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ExcelDates;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A column as it was understood. Immutable.
 *
 * @param index from 0
 * @param name as the header has it, on one line and without padding; made different from those before it by a number
 * @param header as it stands in the file; empty if nothing stands there
 * @param digits how many its numbers have, if it holds any
 * @param dates how dates are read, if it holds any that are not dates by their cell's format
 * @param filled how many records have something in it
 * @param failed how many of those are formulas that failed
 * @param unsaved how many are formulas that were saved without their value; they count among the odd
 * @param odd the first cells that do not fit the type
 * @param oddCount how many do not fit
 */
public record Column(
        int index,
        String name,
        String header,
        ColumnType type,
        Digits digits,
        Optional<DateReading> dates,
        long filled,
        long failed,
        long unsaved,
        List<OddCell> odd,
        long oddCount) {

    /** Copies the list. */
    public Column {
        odd = List.copyOf(odd);
    }

    /** A cell that does not fit its column. */
    public record OddCell(String where, String shown) {}

    /**
     * A cell of this column as a value of its type, so that equal values are equal whatever file they came from: numbers from
     * padded text, days from text or serials, text without padding. What does not fit the type stays as it is.
     */
    public Cell read(Cell cell) {
        if (cell.isBlank()) {
            return Cell.Blank.CELL;
        }
        return switch (type) {
            case EMPTY, TEXT -> text(cell);
            case TIME -> cell instanceof Cell.Clock ? cell : text(cell);
            case INTEGER, DECIMAL -> number(cell);
            case DATE, DATE_TIME -> date(cell);
            case BOOLEAN -> flag(cell);
        };
    }

    private static Cell text(Cell cell) {
        return cell instanceof Cell.Failed ? cell : new Cell.Text(Blanks.strip(cell.shown()));
    }

    private static Cell number(Cell cell) {
        if (!(cell instanceof Cell.Text text)) {
            return cell;
        }
        String plain = NumberText.plain(text.text());
        if (NumberText.isDash(plain)) {
            return new Cell.Numeral(BigDecimal.ZERO);
        }
        return NumberText.parse(plain).<Cell>map(Cell.Numeral::new).orElseGet(() -> text(cell));
    }

    private Cell date(Cell cell) {
        Cell read = dates.map(reading -> reading.serials() ? serial(number(cell)) : day(cell, reading.order()))
                .orElseGet(() -> cell instanceof Cell.Text ? text(cell) : cell);
        return type == ColumnType.DATE_TIME && read instanceof Cell.Day day
                ? new Cell.Moment(day.day().atStartOfDay())
                : read;
    }

    private static Cell serial(Cell cell) {
        return cell instanceof Cell.Numeral number
                ? new ExcelDates(false).date(number.number().doubleValue())
                : cell;
    }

    private static Cell day(Cell cell, DateOrder order) {
        return cell instanceof Cell.Text text
                ? order.parse(NumberText.plain(text.text()))
                        .<Cell>map(Cell.Day::new)
                        .orElseGet(() -> text(cell))
                : cell;
    }

    private static Cell flag(Cell cell) {
        return cell instanceof Cell.Text text ? Flags.parse(text.text()).orElseGet(() -> text(cell)) : cell;
    }
}
