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

    static final SqlTable GAP = new SqlTable(
            "hf_gap",
            List.of(number("gap")),
            List.of(
                    text("kind"),
                    text("collection"),
                    text("id"),
                    bytes("here"),
                    bytes("there"),
                    text("found_by"),
                    number("found_at_millis"),
                    text("cause"),
                    text("state"),
                    text("how"),
                    number("ended_at_millis")));

    static final SqlTable AUDIT = new SqlTable(
            "hf_audit",
            List.of(number("entry")),
            List.of(number("at_millis"), text("who"), text("event"), text("detail")));

    static final SqlTable PROOF = new SqlTable(
            "hf_proof",
            List.of(text("level"), text("replica")),
            List.of(number("equal"), number("at_millis"), number("records"), number("sequence")));

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
