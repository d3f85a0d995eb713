package io.holdfast.sources.xls;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.RowBuilder;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import java.util.Optional;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.StringRecord;
import org.jspecify.annotations.Nullable;

/** The rows of one substream; a row ends where a cell of the next begins. Charts inside the sheet are passed over. */
final class XlsRows implements Rows {

    private final RecordFactoryInputStream records;
    private final CellRecords cells;
    private final FileMark mark;
    private final SheetFailures failures;
    private final RowBuilder builder;
    private final int substream;
    private int begun = -1;
    private int depth;
    private boolean ended;
    private long number;
    private int textColumn = -1;

    XlsRows(RecordFactoryInputStream records, int substream, Globals globals, FileMark mark) {
        this.records = records;
        this.substream = substream;
        this.mark = mark;
        this.failures = new SheetFailures(mark.file());
        this.cells = new CellRecords(globals, failures);
        this.builder = new RowBuilder(failures);
    }

    @Override
    public Optional<Row> next() {
        return Parsing.guarded(failures, this::read);
    }

    private Optional<Row> read() {
        while (!ended) {
            @Nullable Record each = records.nextRecord();
            if (each == null) {
                throw failures.damaged("is a workbook that is cut short");
            }
            Optional<Row> complete = take(each);
            if (complete.isPresent()) {
                return complete;
            }
        }
        mark.check();
        return Optional.empty();
    }

    private Optional<Row> take(Record each) {
        if (each instanceof BOFRecord) {
            begun += depth == 0 ? 1 : 0;
            depth++;
        } else if (each instanceof EOFRecord) {
            depth--;
            ended = depth == 0 && begun == substream;
            return ended ? complete() : Optional.empty();
        } else if (depth == 1 && begun == substream) {
            return inside(each);
        }
        return Optional.empty();
    }

    private Optional<Row> inside(Record each) {
        if (each instanceof CellValueRecordInterface cell) {
            return put(cell);
        }
        if (each instanceof StringRecord text && textColumn >= 0) {
            builder.put(number, textColumn, CellRecords.text(text.getString()));
            textColumn = -1;
        }
        return Optional.empty();
    }

    private Optional<Row> put(CellValueRecordInterface cell) {
        long row = cell.getRow() + 1L;
        if (row < number) {
            throw failures.damaged("has row " + row + " after row " + number);
        }
        Optional<Row> before = row > number ? complete() : Optional.empty();
        number = row;
        int column = cell.getColumn() & 0xffff;
        textColumn = CellRecords.hasTextBehind(cell) ? column : -1;
        Cell read = cells.read(cell);
        if (!(read instanceof Cell.Blank)) {
            builder.put(number, column, read);
        }
        return before;
    }

    private Optional<Row> complete() {
        return number == 0 ? Optional.empty() : Optional.of(builder.take(number));
    }

    @Override
    public void close() {
        // the container is closed with the file
    }
}
