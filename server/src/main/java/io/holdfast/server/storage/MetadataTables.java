package io.holdfast.server.storage;

import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.ColumnType.Kind;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import java.util.List;

/** The tables beside the typed ones, as the migrations make them. */
final class MetadataTables {

    static final SqlTable SCOPE = new SqlTable(
            "hf_scope",
            List.of(),
            List.of(bytes("scope_key"), text("epoch"), number("sequence"), text("chain"), bytes("root")));

    static final SqlTable REPLICA = new SqlTable(
            "hf_replica",
            List.of(text("replica")),
            List.of(
                    text("principal"),
                    text("incarnations"),
                    number("batch_number"),
                    text("batch_hash"),
                    text("results"),
                    number("sequence"),
                    number("seen_at_millis")));

    static final SqlTable CHAIN =
            new SqlTable("hf_scope_chain", List.of(number("sequence")), List.of(text("chain"), number("at_millis")));

    static final SqlTable HEAD = new SqlTable(
            "hf_record_head",
            List.of(text("collection"), text("id")),
            List.of(number("sequence"), bytes("digest"), number("bucket"), number("size"), bytes("meta")));

    static final SqlTable HISTORY = new SqlTable(
            "hf_record_history",
            List.of(number("entry")),
            List.of(
                    text("collection"),
                    text("id"),
                    number("sequence"),
                    text("replica"),
                    number("at_millis"),
                    bytes("lost")));

    private MetadataTables() {}

    private static SqlColumn text(String name) {
        return new SqlColumn(name, ColumnType.of(Kind.TEXT));
    }

    private static SqlColumn number(String name) {
        return new SqlColumn(name, ColumnType.of(Kind.LONG));
    }

    private static SqlColumn bytes(String name) {
        return new SqlColumn(name, ColumnType.of(Kind.BYTES));
    }
}
