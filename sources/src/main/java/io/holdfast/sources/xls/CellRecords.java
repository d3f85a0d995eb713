package io.holdfast.sources.xls;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ExcelDates;
import io.holdfast.sources.sheet.SheetFailures;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.ss.usermodel.FormulaError;

/** Reads one cell from its record; formulas by the value they had when the file was saved. Stateless. */
record CellRecords(Globals globals, SheetFailures failures) {

    Cell read(CellValueRecordInterface record) {
        return switch (record) {
            case NumberRecord number -> number(record, number.getValue());
            case LabelSSTRecord label ->
                text(globals.string(label.getSSTIndex())
                        .orElseThrow(
                                () -> failures.damaged("lacks the text of a cell in row " + (record.getRow() + 1))));
            case LabelRecord label -> text(label.getValue());
            case BoolErrRecord flag ->
                flag.isBoolean() ? new Cell.Flag(flag.getBooleanValue()) : failed(flag.getErrorValue());
            case FormulaRecord formula -> cached(formula);
            default -> Cell.Blank.CELL; // a cell with a style and no value
        };
    }

    private Cell cached(FormulaRecord formula) {
        return switch (formula.getCachedResultTypeEnum()) {
            case NUMERIC -> number(formula, formula.getValue());
            case BOOLEAN -> new Cell.Flag(formula.getCachedBooleanValue());
            case ERROR -> failed(formula.getCachedErrorValue());
            case STRING, FORMULA, BLANK, _NONE -> Cell.Blank.CELL; // text stands in a record of its own behind
        };
    }

    private Cell number(CellValueRecordInterface record, double value) {
        return globals.isDate(record.getXFIndex()) ? globals.dates().date(value) : ExcelDates.number(value);
    }

    static boolean hasTextBehind(CellValueRecordInterface record) {
        return record instanceof FormulaRecord formula && formula.hasCachedResultString();
    }

    static Cell text(String text) {
        return text.isEmpty() ? Cell.Blank.CELL : new Cell.Text(text);
    }

    private static Cell failed(int code) {
        return new Cell.Failed(
                FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "#ERROR " + code);
    }
}
