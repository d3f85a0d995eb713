package io.holdfast.store.sqlite;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables that a store has beside its collections. Their names begin with an underscore, which no collection's or
 * field's name does.
 */
final class Layout {

    /** In the database header: "HFst". */
    static final int APPLICATION_ID = 0x48467374;

    /** In the database header: grows when a table here changes. */
    static final int FORMAT = 2;

    private static final List<String> TABLES = List.of(
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + FORMAT,
            // The schema the tables were made for, as canonical JSON.
            "CREATE TABLE _hf_schema (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL,"
                    + " version INTEGER NOT NULL, json TEXT NOT NULL) STRICT",
            "CREATE TABLE _hf_collection (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
            // What the server confirmed. Not whole: the values stand in the collection's row.
            "CREATE TABLE _hf_head (collection INTEGER NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL,"
                    + " digest BLOB, bucket INTEGER NOT NULL, whole INTEGER NOT NULL, meta BLOB NOT NULL,"
                    + " PRIMARY KEY (collection, id)) STRICT, WITHOUT ROWID",
            // What is not settled yet.
            "CREATE TABLE _hf_layer (ord INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL,"
                    + " state INTEGER NOT NULL, batch INTEGER NOT NULL, grp INTEGER NOT NULL, base INTEGER NOT NULL,"
                    + " edits INTEGER NOT NULL, kind INTEGER NOT NULL, edit BLOB NOT NULL, stamps BLOB, refusal BLOB,"
                    + " head BLOB) STRICT",
            "CREATE INDEX _hf_layer_key ON _hf_layer (collection, id)",
            "CREATE INDEX _hf_layer_batch ON _hf_layer (batch) WHERE batch <> 0",
            "CREATE INDEX _hf_layer_group ON _hf_layer (grp) WHERE grp <> 0",
            "CREATE INDEX _hf_layer_quarantined ON _hf_layer (state) WHERE state = 2",
            "CREATE TABLE _hf_batch (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, previous_number INTEGER NOT NULL,"
                    + " previous_hash TEXT NOT NULL, changes INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT",
            "CREATE TABLE _hf_history (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, collection TEXT NOT NULL,"
                    + " record TEXT NOT NULL, lost BLOB NOT NULL, stands BLOB NOT NULL, sequence INTEGER NOT NULL,"
                    + " at_millis INTEGER NOT NULL, resolution TEXT NOT NULL) STRICT",
            "CREATE TABLE _hf_setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
            // One row each: what moves with every change (or stands, newer, beside the newest change: see
            // StoreHeadTable), and what moves with every exchange.
            "CREATE TABLE _hf_account (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, last_order INTEGER NOT NULL,"
                    + " last_time INTEGER NOT NULL, root BLOB NOT NULL, made INTEGER NOT NULL, pending INTEGER NOT NULL,"
                    + " coalesced INTEGER NOT NULL, in_flight INTEGER NOT NULL, accepted INTEGER NOT NULL,"
                    + " superseded INTEGER NOT NULL, quarantined INTEGER NOT NULL, discarded INTEGER NOT NULL) STRICT",
            "CREATE TABLE _hf_device (id INTEGER PRIMARY KEY CHECK (id = 1), scope TEXT NOT NULL, replica TEXT NOT NULL,"
                    + " state BLOB NOT NULL) STRICT");

    /** What was added in format 2: gaps, and who did what. */
    private static final List<String> TRAIL = List.of(
            "CREATE TABLE _hf_gap (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, collection TEXT NOT NULL,"
                    + " record TEXT NOT NULL, here BLOB NOT NULL, there BLOB NOT NULL, found_by TEXT NOT NULL,"
                    + " found_at_millis INTEGER NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL, how TEXT NOT NULL,"
                    + " ended_at_millis INTEGER NOT NULL) STRICT",
            "CREATE INDEX _hf_gap_unclosed ON _hf_gap (collection, record) WHERE state IN ('OPEN', 'REPAIRING')",
            "CREATE TABLE _hf_audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at_millis INTEGER NOT NULL, who TEXT NOT NULL,"
                    + " event TEXT NOT NULL, detail TEXT NOT NULL) STRICT",
            "CREATE INDEX _hf_audit_event ON _hf_audit (event)");

    /** What makes the tables of a new store. */
    static final List<String> DEFINITIONS =
            Stream.concat(TABLES.stream(), TRAIL.stream()).toList();

    private Layout() {}

    /** What brings a store of an older format up to this one; nothing of it is lost. */
    static List<String> upgrade(long format) {
        return format >= FORMAT
                ? List.of()
                : Stream.concat(TRAIL.stream(), Stream.of("PRAGMA user_version = " + FORMAT))
                        .toList();
    }
}
