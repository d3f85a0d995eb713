package io.holdfast.sources.xls;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.ExcelDates;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.SheetName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/** What holds for all sheets of a workbook, and which sheets there are; gathered in one pass. Immutable after it. */
final class Globals {

    private final SheetFailures failures;
    private final List<BoundSheetRecord> bound = new ArrayList<>();
    private final List<Sheet> sheets = new ArrayList<>();
    private final Map<Integer, String> formats = new HashMap<>();
    private final BitSet dateStyles = new BitSet();
    private final List<CellRange> merges = new ArrayList<>();
    private @Nullable SSTRecord strings;
    private boolean from1904;
    private int styles;
    private int depth;
    private int substream = -1;
    private boolean worksheet;

    private Globals(SheetFailures failures) {
        this.failures = failures;
    }

    /** A sheet, which substream it is (the globals are number 0), and its merged ranges. */
    record Sheet(SheetName name, int substream, List<CellRange> merges) {
        Sheet {
            merges = List.copyOf(merges);
        }
    }

    static Globals read(RecordFactoryInputStream records, SheetFailures failures) {
        Globals globals = new Globals(failures);
        Parsing.guarded(failures, () -> {
            for (@Nullable Record each = records.nextRecord(); each != null; each = records.nextRecord()) {
                globals.take(each);
            }
            return globals;
        });
        if (globals.depth != 0 || globals.substream < globals.bound.size()) {
            throw failures.damaged("is a workbook that is cut short");
        }
        return globals;
    }

    private void take(Record each) {
        switch (each) {
            case BOFRecord begin -> begin(begin);
            case EOFRecord ignored -> end();
            case BoundSheetRecord sheet -> bound.add(sheet);
            case SSTRecord table -> strings = table;
            case DateWindow1904Record window -> from1904 = window.getWindowing() == 1;
            case FormatRecord format -> formats.put(format.getIndexCode(), format.getFormatString());
            case ExtendedFormatRecord style -> add(style);
            case MergeCellsRecord merged -> add(merged);
            default -> {} // a record of a kind that says nothing about cells
        }
    }

    private void begin(BOFRecord begin) {
        if (depth == 0) {
            substream++;
            merges.clear();
            worksheet = begin.getType() == BOFRecord.TYPE_WORKSHEET;
        }
        depth++;
    }

    private void end() {
        depth--;
        if (depth == 0 && worksheet && substream >= 1 && substream <= bound.size()) {
            BoundSheetRecord sheet = bound.get(substream - 1);
            boolean hidden = sheet.isHidden() || sheet.isVeryHidden();
            sheets.add(new Sheet(new SheetName(sheet.getSheetname(), hidden), substream, merges));
        }
    }

    private void add(ExtendedFormatRecord style) {
        int format = style.getFormatIndex();
        dateStyles.set(styles++, ExcelDates.isDate(format, formats.getOrDefault(format, "")));
    }

    private void add(MergeCellsRecord merged) {
        for (int at = 0; at < merged.getNumAreas(); at++) {
            CellRangeAddress area = merged.getAreaAt(at);
            if (merges.size() == SheetLimits.MERGES_MAX) {
                throw failures.tooLarge("has more than " + SheetLimits.MERGES_MAX + " merged ranges in a sheet");
            }
            merges.add(new CellRange(
                    area.getFirstRow() + 1L, area.getLastRow() + 1L, area.getFirstColumn(), area.getLastColumn()));
        }
    }

    List<Sheet> sheets() {
        return sheets;
    }

    boolean isDate(int style) {
        return style >= 0 && dateStyles.get(style);
    }

    ExcelDates dates() {
        return new ExcelDates(from1904);
    }

    /** A string of the table; empty if the table has none of that number. */
    Optional<String> string(int index) {
        SSTRecord table = strings;
        return table == null || index < 0 || index >= table.getNumUniqueStrings()
                ? Optional.empty()
                : Optional.of(table.getString(index).getString());
    }
}
