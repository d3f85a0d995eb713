package io.holdfast.server.archive;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** A row of a table as a line of an archive's file: one JSON object, with the table's name before the columns. Stateless. */
final class ArchivedLine {

    private ArchivedLine() {}

    /** The line of the row that is current. */
    static String of(String table, ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("table", table);
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                Object value = row.getObject(i);
                if (value instanceof Number number) {
                    json.writeNumberProperty(columns.getColumnName(i), number.longValue());
                } else {
                    json.writeStringProperty(columns.getColumnName(i), String.valueOf(value));
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    static void write(Writer out, String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a line is of a table. */
    static boolean isOf(String table, String line) {
        return line.startsWith("{\"table\":\"" + table + '"');
    }

    static Map<String, JsonTree> members(String line) {
        if (JsonText.read(line) instanceof JsonTree.Members object) {
            return object.members();
        }
        throw new IllegalArgumentException("no object");
    }
}
