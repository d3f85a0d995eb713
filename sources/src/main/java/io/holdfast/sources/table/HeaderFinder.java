package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the header among a sheet's first rows: the first row that is about as full as the usual row and holds labels only,
 * no two alike being the exception. Banner rows above are emptier; data rows hold numbers or days. Where no row is so, the
 * sheet has no header. Stateless.
 */
public final class HeaderFinder {

    /** How many of a sheet's first rows are looked at. */
    public static final int ROWS_LOOKED_AT = 200;

    /** A header is at least this full, in hundredths of the usual row. */
    private static final int FULL_PERCENT = 60;

    private static final BigDecimal YEAR_MIN = BigDecimal.valueOf(1900);
    private static final BigDecimal YEAR_MAX = BigDecimal.valueOf(2100);

    private HeaderFinder() {}

    /** The header; empty if none of the rows is one. */
    public static Optional<Row> find(List<Row> first) {
        int usual = usual(first);
        return first.stream()
                .filter(row -> row.filled() > 0 && row.filled() * 100 >= usual * FULL_PERCENT)
                .findFirst()
                .filter(HeaderFinder::isLabels)
                .or(() -> labelsOnly(first, usual));
    }

    /** Below a full row of something else, only a row of pure labels is a header, and only if it is wholly full. */
    private static Optional<Row> labelsOnly(List<Row> first, int usual) {
        return usual < 2
                ? Optional.empty()
                : first.stream()
                        .limit(ROWS_LOOKED_AT / 10)
                        .filter(row -> row.filled() >= usual && isLabels(row))
                        .findFirst();
    }

    /** The median of how full the rows are that hold anything. */
    private static int usual(List<Row> rows) {
        int[] filled = rows.stream()
                .mapToInt(Row::filled)
                .filter(count -> count > 0)
                .sorted()
                .toArray();
        return filled.length == 0 ? 0 : filled[filled.length / 2];
    }

    private static boolean isLabels(Row row) {
        Set<BigDecimal> years = new HashSet<>();
        boolean text = false;
        for (Cell cell : row.cells()) {
            if (cell.isBlank()) {
                continue;
            }
            if (isLabel(cell)) {
                text = true;
            } else if (!isNewYear(cell, years)) {
                return false;
            }
        }
        return text;
    }

    private static boolean isLabel(Cell cell) {
        if (!(cell instanceof Cell.Text text)) {
            return false;
        }
        String plain = NumberText.plain(text.text());
        return !NumberText.isDash(plain)
                && NumberText.parse(plain).isEmpty()
                && !NumberText.hasLeadingZero(plain)
                && DateOrder.possible(plain).isEmpty();
    }

    /** Years are labels too, each once: sheets with a column for each year are common. */
    private static boolean isNewYear(Cell cell, Set<BigDecimal> years) {
        Optional<BigDecimal> number = switch (cell) {
            case Cell.Numeral found -> Optional.of(found.number());
            case Cell.Text text -> NumberText.parse(NumberText.plain(text.text()));
            case Cell.Blank ignored -> Optional.empty();
            case Cell.Day ignored -> Optional.empty();
            case Cell.Moment ignored -> Optional.empty();
            case Cell.Clock ignored -> Optional.empty();
            case Cell.Flag ignored -> Optional.empty();
            case Cell.Failed ignored -> Optional.empty();
        };
        return number.filter(year -> year.scale() <= 0
                        && year.compareTo(YEAR_MIN) >= 0
                        && year.compareTo(YEAR_MAX) <= 0
                        && years.add(year))
                .isPresent();
    }
}
