package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ColumnLetters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what stands in one column, in memory that does not grow with the rows, and decides what the column is. A type is
 * taken if all cells fit it, or all but one in a hundred: those are reported as odd. Not thread-safe.
 */
final class ColumnTally {

    /** A column is of a type although one in so many cells does not fit. */
    static final int ODD_SHARE = 100;

    /** How many odd cells, or cells that may turn out odd, are kept to be shown. */
    static final int SAMPLES_MAX = 5;

    private static final BigDecimal SERIAL_MIN = BigDecimal.valueOf(10_000);
    private static final BigDecimal SERIAL_MAX = BigDecimal.valueOf(80_000);

    /** What a cell can be by itself. */
    enum Kind {
        NUMBER,
        /** Digits that begin with a zero: one of them, and the column holds names and no numbers. */
        CODE,
        DASH,
        DATE_TEXT,
        DAY,
        MOMENT,
        CLOCK,
        FLAG,
        TEXT,
        FAILED,
        /** A formula without a value. */
        UNSAVED
    }

    /** Whatever can be shown is text. */
    private static final List<Kind> TEXTUAL = Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.FAILED && kind != Kind.UNSAVED)
            .toList();

    private final int index;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Column.OddCell>> samples = new EnumMap<>(Kind.class);
    private final Map<DateOrder, Long> orders = new EnumMap<>(DateOrder.class);
    private long fractions;
    private long serials;
    private long filled;
    private int wholeDigits;
    private int fractionDigits;

    ColumnTally(int index) {
        this.index = index;
    }

    void take(long row, Cell cell) {
        if (cell.isBlank()) {
            return;
        }
        filled++;
        Kind kind = kind(cell);
        counts.merge(kind, 1L, Long::sum);
        List<Column.OddCell> shown = samples.computeIfAbsent(kind, ignored -> new ArrayList<>());
        if (shown.size() < SAMPLES_MAX) {
            shown.add(new Column.OddCell(ColumnLetters.of(index) + row, cell.shown()));
        }
    }

    private Kind kind(Cell cell) {
        return switch (cell) {
            case Cell.Numeral number -> number(number.number());
            case Cell.Day ignored -> Kind.DAY;
            case Cell.Moment ignored -> Kind.MOMENT;
            case Cell.Clock ignored -> Kind.CLOCK;
            case Cell.Flag ignored -> Kind.FLAG;
            case Cell.Failed failed -> failed.equals(Cell.Failed.UNSAVED) ? Kind.UNSAVED : Kind.FAILED;
            case Cell.Text text -> text(text.text());
            case Cell.Blank ignored -> Kind.TEXT;
        };
    }

    private Kind text(String text) {
        String plain = NumberText.plain(text);
        if (NumberText.isDash(plain)) {
            return Kind.DASH;
        }
        Optional<BigDecimal> number = NumberText.parse(plain);
        if (number.isPresent()) {
            return number(number.get());
        }
        if (NumberText.isCode(plain)) {
            return Kind.CODE;
        }
        Set<DateOrder> possible = DateOrder.possible(plain);
        if (!possible.isEmpty()) {
            possible.forEach(order -> orders.merge(order, 1L, Long::sum));
            return Kind.DATE_TEXT;
        }
        return Flags.parse(plain).isPresent() ? Kind.FLAG : Kind.TEXT;
    }

    private Kind number(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        boolean whole = bare.scale() <= 0;
        wholeDigits = Math.max(wholeDigits, bare.precision() - bare.scale());
        fractionDigits = Math.max(fractionDigits, bare.scale());
        fractions += whole ? 0 : 1;
        serials += whole && number.compareTo(SERIAL_MIN) >= 0 && number.compareTo(SERIAL_MAX) <= 0 ? 1 : 0;
        return Kind.NUMBER;
    }

    long filled() {
        return filled;
    }

    /** What the column is, by all that was counted. */
    Column column(String name, String header) {
        long failed = count(Kind.FAILED);
        long unsaved = count(Kind.UNSAVED);
        long judged = filled - failed - unsaved;
        ColumnType type = type(judged, name);
        List<Kind> fitting = fitting(type, name);
        long odd = filled - failed - fitting.stream().mapToLong(this::count).sum();
        return new Column(
                index,
                name,
                header,
                type,
                new Digits(wholeDigits, fractionDigits),
                reading(type, name),
                filled,
                failed,
                unsaved,
                shown(fitting, odd),
                odd);
    }

    private ColumnType type(long judged, String name) {
        if (filled == 0) {
            return ColumnType.EMPTY;
        }
        long days = count(Kind.DAY) + count(Kind.MOMENT) + datesAsText();
        if (fits(days, judged) || isSerials(judged, name)) {
            return count(Kind.MOMENT) > 0 ? ColumnType.DATE_TIME : ColumnType.DATE;
        }
        if (count(Kind.NUMBER) > 0 && count(Kind.CODE) == 0 && fits(count(Kind.NUMBER) + count(Kind.DASH), judged)) {
            return fractions > 0 ? ColumnType.DECIMAL : ColumnType.INTEGER;
        }
        if (fits(count(Kind.FLAG), judged)) {
            return ColumnType.BOOLEAN;
        }
        return fits(count(Kind.CLOCK), judged) ? ColumnType.TIME : ColumnType.TEXT;
    }

    private static boolean fits(long fitting, long judged) {
        return fitting > 0 && (judged - fitting) * ODD_SHARE <= judged;
    }

    /** Text that is a date counts as one only if one order fits it everywhere. */
    private long datesAsText() {
        return orders.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private boolean isSerials(long judged, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean named = lower.contains("date") || name.contains("\u65e5\u4ed8") || name.contains("\u5e74\u6708\u65e5");
        return named && serials == judged && judged > 0;
    }

    private Optional<DateReading> reading(ColumnType type, String name) {
        boolean asSerials = isSerials(filled - count(Kind.FAILED) - count(Kind.UNSAVED), name);
        boolean dated = type == ColumnType.DATE || type == ColumnType.DATE_TIME;
        if (!dated || (orders.isEmpty() && !asSerials)) {
            return Optional.empty();
        }
        long most = datesAsText();
        List<DateOrder> best = orders.entrySet().stream()
                .filter(order -> order.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        DateOrder order = best.isEmpty() ? DateOrder.YEAR_MONTH_DAY : best.getFirst();
        return Optional.of(new DateReading(order, best.size() > 1, asSerials));
    }

    private List<Kind> fitting(ColumnType type, String name) {
        return switch (type) {
            case EMPTY -> List.of();
            case TEXT -> TEXTUAL;
            case INTEGER, DECIMAL -> List.of(Kind.NUMBER, Kind.DASH);
            case DATE, DATE_TIME ->
                isSerials(filled - count(Kind.FAILED) - count(Kind.UNSAVED), name)
                        ? List.of(Kind.NUMBER)
                        : List.of(Kind.DAY, Kind.MOMENT, Kind.DATE_TEXT);
            case TIME -> List.of(Kind.CLOCK);
            case BOOLEAN -> List.of(Kind.FLAG);
        };
    }

    private List<Column.OddCell> shown(List<Kind> fitting, long odd) {
        if (odd <= 0) {
            return List.of();
        }
        return samples.entrySet().stream()
                .filter(kind -> !fitting.contains(kind.getKey()) && kind.getKey() != Kind.FAILED)
                .flatMap(kind -> kind.getValue().stream())
                .limit(SAMPLES_MAX)
                .toList();
    }

    private long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
