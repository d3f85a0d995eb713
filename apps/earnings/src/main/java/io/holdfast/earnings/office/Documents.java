package io.holdfast.earnings.office;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.value.Value;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Records as people and programs read them. Amounts are texts of decimal digits, so that no reader rounds them. Stateless. */
public final class Documents {

    /** What only the server can use. */
    private static final String LEDGER = "ledger";

    private Documents() {}

    /** Writes a record as the next value. */
    public static void write(ServerRecord record, JsonGenerator out) {
        DocumentWriter.COMPACT.write(record.key().id(), values(record), out);
    }

    /** A record as one line. */
    public static String line(ServerRecord record) {
        return DocumentWriter.COMPACT.write(record.key().id(), values(record));
    }

    private static SortedMap<String, Value> values(ServerRecord record) {
        TreeMap<String, Value> values = new TreeMap<>(record.state().values());
        values.remove(LEDGER);
        return values;
    }
}
