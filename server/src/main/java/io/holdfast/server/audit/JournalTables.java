package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.ColumnType.Kind;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import java.util.List;

/** The tables that the journal fills many rows at a time, as the migration makes them. */
final class JournalTables {

    static final SqlTable RECORDS = new SqlTable(
            "sync_record_logs",
            List.of(text("run"), number("entry")),
            List.of(
                    number("at_millis"),
                    number("source_row"),
                    text("record_key"),
                    text("fate"),
                    text("code"),
                    text("detail")));

    static final SqlTable ERRORS = new SqlTable(
            "sync_error_logs",
            List.of(text("run"), number("entry")),
            List.of(
                    number("at_millis"),
                    text("phase"),
                    text("category"),
                    text("code"),
                    text("message"),
                    number("source_row"),
                    text("record_key"),
                    number("attempt"),
                    text("detail")));

    static final SqlTable EVENTS = new SqlTable(
            "sync_audit_logs",
            List.of(text("run"), number("entry")),
            List.of(number("at_millis"), text("event"), text("who"), text("detail")));

    static final SqlTable METRICS = new SqlTable(
            "sync_metrics", List.of(text("run"), text("metric")), List.of(number("at_millis"), number("value")));

    private JournalTables() {}

    private static SqlColumn text(String name) {
        return new SqlColumn(name, ColumnType.of(Kind.TEXT));
    }

    private static SqlColumn number(String name) {
        return new SqlColumn(name, ColumnType.of(Kind.LONG));
    }
}
