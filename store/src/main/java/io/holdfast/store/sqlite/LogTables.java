package io.holdfast.store.sqlite;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The tables that are only added to and taken from: frozen batches, history, settings. Holds no connection. */
final class LogTables {

    private static final String HISTORY = "SELECT id, kind, collection, record, lost, stands, sequence, at_millis,"
            + " resolution FROM _hf_history WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String REMEMBER = "INSERT INTO _hf_history (kind, collection, record, lost, stands, sequence,"
            + " at_millis, resolution) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RESOLVE = "UPDATE _hf_history SET resolution = ? WHERE id = ?";
    private static final String FREEZE = "INSERT OR REPLACE INTO _hf_batch (number, hash, previous_number,"
            + " previous_hash, changes, bytes) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FIRST_FROZEN = "SELECT number, hash, previous_number, previous_hash, changes, bytes"
            + " FROM _hf_batch ORDER BY number LIMIT 1";
    private static final String UNFREEZE = "DELETE FROM _hf_batch WHERE number = ?";
    private static final String SETTING = "SELECT value FROM _hf_setting WHERE name = ?";
    private static final String SET = "INSERT OR REPLACE INTO _hf_setting (name, value) VALUES (?, ?)";
    private static final String UNSET = "DELETE FROM _hf_setting WHERE name = ?";

    private static final List<String> FORGET = List.of(
            "DELETE FROM _hf_history WHERE at_millis < ? AND (kind <> 'CONFLICT' OR resolution <> '')",
            "DELETE FROM _hf_gap WHERE state IN ('REPAIRED', 'GONE') AND ended_at_millis < ?",
            "DELETE FROM _hf_audit WHERE at_millis < ?");

    private LogTables() {}

    static void remember(SqlSession session, HistoryEntry entry) {
        session.update(
                REMEMBER,
                entry.kind().name(),
                entry.key().collection(),
                entry.key().id(),
                StateCodec.encode(entry.lost()),
                StateCodec.encode(entry.stands()),
                entry.sequence(),
                entry.atMillis(),
                entry.resolution());
    }

    static List<HistoryEntry> history(SqlSession session, long belowId, int limit) {
        return session.all(HISTORY, LogTables::entry, belowId, limit);
    }

    static void resolve(SqlSession session, long id, String resolution) {
        session.update(RESOLVE, resolution, id);
    }

    /** How many conflicts wait for a person. */
    static long openConflicts(SqlSession session) {
        return session.number("SELECT count(*) FROM _hf_history WHERE kind = 'CONFLICT' AND resolution = ''");
    }

    static void freeze(SqlSession session, FrozenBatch batch) {
        session.update(
                FREEZE,
                batch.mark().number(),
                batch.mark().hash(),
                batch.previous().number(),
                batch.previous().hash(),
                batch.changes(),
                batch.bytes());
    }

    static Optional<FrozenBatch> firstFrozen(SqlSession session) {
        return session.first(FIRST_FROZEN, LogTables::batch);
    }

    static int frozenCount(SqlSession session) {
        return Math.toIntExact(session.number("SELECT count(*) FROM _hf_batch"));
    }

    static void unfreeze(SqlSession session, long number) {
        session.update(UNFREEZE, number);
    }

    /** Forgets what is over; returns how many entries. */
    static int forget(SqlSession session, long beforeMillis) {
        return FORGET.stream()
                .mapToInt(delete -> session.update(delete, beforeMillis))
                .sum();
    }

    static Optional<String> setting(SqlSession session, String name) {
        return session.first(SETTING, row -> row.getString(1), name);
    }

    static void setting(SqlSession session, String name, String value) {
        if (value.isEmpty()) {
            session.update(UNSET, name);
        } else {
            session.update(SET, name, value);
        }
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                row.getLong(1),
                HistoryEntry.Kind.valueOf(row.getString(2)),
                new RecordKey(row.getString(3), row.getString(4)),
                StateCodec.decode(row.getBytes(5)),
                StateCodec.decode(row.getBytes(6)),
                row.getLong(7),
                row.getLong(8),
                row.getString(9));
    }

    private static FrozenBatch batch(ResultSet row) throws SQLException {
        return new FrozenBatch(
                new BatchMark(row.getLong(1), row.getString(2)),
                new BatchMark(row.getLong(3), row.getString(4)),
                row.getInt(5),
                row.getBytes(6));
    }
}
