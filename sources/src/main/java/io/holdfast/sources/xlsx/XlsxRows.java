package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ColumnLetters;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.RowBuilder;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import java.util.Optional;

/** The rows of a sheet's XML; at its end the whole part was sound, to the last byte and the checksum. */
final class XlsxRows implements Rows {

    private final XmlPart xml;
    private final CellReader cells;
    private final FileMark mark;
    private final SheetFailures failures;
    private final RowBuilder builder;
    private long number;

    XlsxRows(XmlPart xml, CellReader cells, FileMark mark) {
        this.xml = xml;
        this.cells = cells;
        this.mark = mark;
        this.failures = new SheetFailures(mark.file());
        this.builder = new RowBuilder(failures);
    }

    @Override
    public Optional<Row> next() {
        while (xml.next()) {
            if (xml.begins("row")) {
                return Optional.of(row());
            }
        }
        mark.check();
        return Optional.empty();
    }

    private Row row() {
        long stated = CellReader.integer(xml.attribute("r"), -1);
        if (stated >= 0 && stated <= number) {
            throw failures.damaged("has row " + stated + " after row " + number);
        }
        number = stated < 0 ? number + 1 : stated;
        int column = -1;
        while (xml.next() && !xml.ends("row")) {
            if (xml.begins("c")) {
                String reference = xml.attribute("r");
                column = reference.isEmpty() ? column + 1 : ColumnLetters.column(reference);
                Cell cell = cells.read(xml, reference.isEmpty() ? "row " + number : reference);
                if (!(cell instanceof Cell.Blank) || column < 0) {
                    builder.put(number, column, cell);
                }
            }
        }
        return builder.take(number);
    }

    @Override
    public void close() {
        xml.close();
    }
}
