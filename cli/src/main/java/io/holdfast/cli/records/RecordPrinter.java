package io.holdfast.cli.records;

import io.holdfast.cli.frame.TextTable;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.document.RecordIds;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.store.query.StoredRecord;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints records page by page. Not thread-safe. */
sealed interface RecordPrinter extends AutoCloseable {

    /** Prints a page and hands it on. */
    void print(List<StoredRecord> page);

    @Override
    void close();

    /** For programs: one JSON object a line. */
    record Lines(PrintStream out) implements RecordPrinter {
        @Override
        public void print(List<StoredRecord> page) {
            for (StoredRecord record : page) {
                out.print(DocumentWriter.COMPACT.write(record.id(), record.values()));
                out.print('\n');
            }
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    /** For people: a table with a column for each field of the schema. */
    final class Table implements RecordPrinter {

        private final PrintStream out;
        private final List<String> fields;
        private final TextTable table;
        private long printed;

        Table(PrintStream out, CollectionSchema schema) {
            this.out = out;
            this.fields = List.copyOf(schema.fields().keySet());
            List<String> heads = new ArrayList<>(List.of(RecordIds.FIELD));
            heads.addAll(fields);
            this.table = new TextTable(heads);
        }

        @Override
        public void print(List<StoredRecord> page) {
            for (StoredRecord record : page) {
                List<String> cells = new ArrayList<>(List.of(record.id()));
                fields.forEach(field -> cells.add(Cells.text(record.value(field))));
                table.add(cells);
            }
            printed += page.size();
            table.print(out);
            out.flush();
        }

        @Override
        public void close() {
            out.print(printed == 1 ? "1 record\n" : printed + " records\n");
            out.flush();
        }
    }
}
