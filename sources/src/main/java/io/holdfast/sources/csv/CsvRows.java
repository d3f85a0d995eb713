package io.holdfast.sources.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.RowBuilder;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.TextLayout;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.Optional;

/** The records of delimited text. Lines with nothing in them are rows too: spreadsheet programs count them. */
final class CsvRows implements Rows {

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final FileMark mark;
    private final SheetFailures failures;
    private final RowBuilder builder;
    private long number;

    CsvRows(Reader text, TextLayout layout, FileMark mark) {
        this.mark = mark;
        this.failures = new SheetFailures(mark.file());
        this.builder = new RowBuilder(failures);
        this.reader = CsvReader.builder()
                .fieldSeparator(layout.delimiter())
                .quoteCharacter(layout.quote())
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(SheetLimits.COLUMNS_MAX)
                                .maxFieldSize(SheetLimits.CELL_LENGTH_MAX)
                                .build(),
                        text);
        this.records = reader.iterator();
    }

    @Override
    public Optional<Row> next() {
        try {
            if (!records.hasNext()) {
                mark.check();
                return Optional.empty();
            }
            return Optional.of(row(records.next()));
        } catch (CsvParseException broken) {
            throw refused(broken);
        } catch (UncheckedIOException unreadable) {
            throw unreadable(failures, unreadable);
        }
    }

    private Row row(CsvRecord csv) {
        number++;
        for (int column = 0; column < csv.getFieldCount(); column++) {
            String text = csv.getField(column);
            builder.put(number, column, text.isEmpty() ? Cell.Blank.CELL : new Cell.Text(text));
        }
        return builder.take(number);
    }

    private HoldfastException refused(CsvParseException broken) {
        if (broken.getCause() instanceof IOException unreadable) {
            return unreadable(failures, unreadable);
        }
        if (String.valueOf(broken.getMessage()).contains(" max")) { // the only mark that its refusals by size bear
            return failures.tooLarge("has a row or a cell beyond the limits after row " + number
                    + " (or a quotation mark there that is never closed); correct it");
        }
        return failures.damaged("has a quoted cell that does not end as it should after row " + number);
    }

    static HoldfastException unreadable(SheetFailures failures, Exception failure) {
        return failures.damaged(
                failure instanceof CharacterCodingException || failure.getCause() instanceof CharacterCodingException
                        ? "holds bytes that are no text in the encoding of the rest"
                        : "cannot be read to its end");
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException unimportant) {
            // it was only read
        }
    }
}
