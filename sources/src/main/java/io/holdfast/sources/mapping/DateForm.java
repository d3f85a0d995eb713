package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ExcelDates;
import io.holdfast.sources.table.DateOrder;
import io.holdfast.sources.table.NumberText;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How days stand in cells that are not days by their format. */
public enum DateForm {
    /** {@code 31/12/17}. */
    DAY_MONTH_YEAR(DateOrder.DAY_MONTH_YEAR.pattern(), DateOrder.DAY_MONTH_YEAR),
    /** {@code 12/31/17}. */
    MONTH_DAY_YEAR(DateOrder.MONTH_DAY_YEAR.pattern(), DateOrder.MONTH_DAY_YEAR),
    /** {@code 2017-12-31}. */
    YEAR_MONTH_DAY(DateOrder.YEAR_MONTH_DAY.pattern(), DateOrder.YEAR_MONTH_DAY),
    /** {@code 43100}: days since 1899-12-30, as Excel counts them from 1900. */
    SERIAL("serial", null);

    private static final BigDecimal SERIAL_MIN = BigDecimal.valueOf(10_000);
    private static final BigDecimal SERIAL_MAX = BigDecimal.valueOf(80_000);

    private final String word;
    private final Optional<DateOrder> order;

    DateForm(String word, @Nullable DateOrder order) {
        this.word = word;
        this.order = Optional.ofNullable(order);
    }

    /** As a mapping names it. */
    public String word() {
        return word;
    }

    /**
     * A cell as a day or a moment. A number of a workbook (not a text) from 10,000 to 80,000 is a serial in every form, because
     * the same table is often passed on as text and as a workbook without formats.
     *
     * @throws CellRefusedException if it is none
     */
    Cell day(Cell cell) {
        if (cell instanceof Cell.Day || cell instanceof Cell.Moment) {
            return cell;
        }
        if (order.isEmpty()) {
            return NumberText.parse(NumberText.plain(cell.shown()))
                    .map(serial -> new ExcelDates(false).date(serial.doubleValue()))
                    .filter(day -> day instanceof Cell.Day || day instanceof Cell.Moment)
                    .orElseThrow(() -> refused(cell));
        }
        if (cell instanceof Cell.Numeral number && isSerial(number.number())) {
            return new ExcelDates(false).date(number.number().doubleValue());
        }
        return order.get()
                .parse(NumberText.plain(cell.shown()))
                .map(Cell.Day::new)
                .orElseThrow(() -> refused(cell));
    }

    private static boolean isSerial(BigDecimal number) {
        return number.compareTo(SERIAL_MIN) >= 0 && number.compareTo(SERIAL_MAX) <= 0;
    }

    private CellRefusedException refused(Cell cell) {
        return new CellRefusedException(
                ErrorCode.FIELD_TYPE,
                cell.shown(),
                order.isEmpty() ? "Write a day's serial number." : "Write a day as " + word + ".");
    }
}
