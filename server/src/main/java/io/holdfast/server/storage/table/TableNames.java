package io.holdfast.server.storage.table;

import io.holdfast.core.schema.Index;
import io.holdfast.core.value.Sha256;
import java.util.Locale;
import java.util.Set;

/**
 * The names of typed tables and columns: those of the collection and the field, with an underscore before names that are
 * taken. Since no collection of a schema and no field begins with an underscore, names stay distinct.
 *
 * <p>Taken are, in any case of letters: tables that begin with {@code hf_} (metadata), {@code pg_} and {@code sqlite_}
 * (the engines'), and the tables of runs and alerts; the columns {@code scope} and {@code id}, and PostgreSQL's system columns.
 */
final class TableNames {

    private static final Set<String> TAKEN_COLUMNS =
            Set.of("scope", "id", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private static final Set<String> TAKEN_TABLES = Set.of(
            "sync_runs",
            "sync_audit_logs",
            "sync_record_logs",
            "sync_error_logs",
            "sync_alerts",
            "sync_metrics",
            "sync_config",
            "sync_leases",
            "sync_jobs");

    private static final int HASH_BYTES = 8;

    private TableNames() {}

    static String table(String collection) {
        String folded = collection.toLowerCase(Locale.ROOT);
        boolean taken = TAKEN_TABLES.contains(folded)
                || folded.startsWith("hf_")
                || folded.startsWith("pg_")
                || folded.startsWith("sqlite_");
        return taken ? "_" + collection : collection;
    }

    static String column(String field) {
        return TAKEN_COLUMNS.contains(field.toLowerCase(Locale.ROOT)) ? "_" + field : field;
    }

    /** Of the table that keeps rows of a typed table as they were before another program wrote them. */
    static String before(String collection) {
        return "hf_before_" + new Sha256().text(collection).hex(HASH_BYTES);
    }

    /** A name that depends on nothing but what the index covers. */
    static String index(String collection, Index index) {
        String where = index.where()
                .map(part -> " where " + part.field() + " is " + part.is())
                .orElse("");
        String covered = collection + ' ' + index.kind() + ' ' + String.join(" ", index.fields()) + where;
        return "hf_index_" + new Sha256().text(covered).hex(HASH_BYTES);
    }
}
