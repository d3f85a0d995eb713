package io.holdfast.store.sqlite;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tables of gaps and of who did what. Not thread-safe.
 *
 * @param reading the transaction's connection
 * @param writing the same, or a refusal if the transaction only reads
 */
record TrailTables(SqlSession reading, Supplier<SqlSession> writing) implements Trail {

    private static final String COLUMNS = "id, kind, collection, record, here, there, found_by, found_at_millis, cause,"
            + " state, how, ended_at_millis";
    private static final String UNCLOSED = " state IN ('OPEN', 'REPAIRING')";
    private static final String ONE =
            "SELECT " + COLUMNS + " FROM _hf_gap WHERE collection = ? AND record = ? AND" + UNCLOSED;
    private static final String COUNT = "SELECT count(*) FROM _hf_gap WHERE" + UNCLOSED;
    private static final String PAGE = "SELECT " + COLUMNS + " FROM _hf_gap WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String PAGE_UNCLOSED =
            "SELECT " + COLUMNS + " FROM _hf_gap WHERE id < ? AND" + UNCLOSED + " ORDER BY id DESC LIMIT ?";
    private static final String NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = '_hf_gap'";
    private static final String PUT =
            "INSERT OR REPLACE INTO _hf_gap (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ENTRIES =
            "SELECT id, at_millis, who, event, detail FROM _hf_audit WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String LATEST =
            "SELECT id, at_millis, who, event, detail FROM _hf_audit WHERE event = ? ORDER BY id DESC LIMIT 1";
    private static final String FORGET_GAPS = "DELETE FROM _hf_gap WHERE id <= (SELECT max(id) FROM _hf_gap) - "
            + Limits.GAPS_KEPT + " AND NOT" + UNCLOSED;
    private static final String FORGET_ENTRIES = "DELETE FROM _hf_audit WHERE id <= (SELECT max(id) FROM _hf_audit) - "
            + Limits.AUDIT_KEPT + " AND event IN "
            + Arrays.stream(AuditEntry.Event.values())
                    .filter(AuditEntry.Event::passing)
                    .map(event -> "'" + event + "'")
                    .collect(Collectors.joining(", ", "(", ")"));
    private static final String ADD = "INSERT INTO _hf_audit (at_millis, who, event, detail) VALUES (?, ?, ?, ?)";

    @Override
    public Optional<Gap> unclosed(RecordKey key) {
        return reading.first(ONE, TrailTables::gap, key.collection(), key.id());
    }

    @Override
    public long unclosed() {
        return reading.number(COUNT);
    }

    @Override
    public List<Gap> gaps(boolean unclosedOnly, long belowId, int limit) {
        return reading.all(unclosedOnly ? PAGE_UNCLOSED : PAGE, TrailTables::gap, belowId, limit);
    }

    @Override
    public long put(Gap gap) {
        SqlSession session = writing.get();
        long id = gap.id() == 0 ? session.number(NEXT) : gap.id();
        session.update(
                PUT,
                id,
                gap.kind().name(),
                gap.key().collection(),
                gap.key().id(),
                StateCodec.encode(gap.here()),
                StateCodec.encode(gap.there()),
                gap.finding().by(),
                gap.finding().atMillis(),
                gap.finding().cause(),
                gap.state().name(),
                gap.end().how(),
                gap.end().atMillis());
        session.update(FORGET_GAPS);
        return id;
    }

    private static Gap gap(ResultSet row) throws SQLException {
        return new Gap(
                row.getLong(1),
                Gap.Kind.valueOf(row.getString(2)),
                new RecordKey(row.getString(3), row.getString(4)),
                state(row.getBytes(5)),
                state(row.getBytes(6)),
                new Gap.Finding(row.getString(7), row.getLong(8), row.getString(9)),
                Gap.State.valueOf(row.getString(10)),
                new Gap.End(row.getString(11), row.getLong(12)));
    }

    private static RecordState state(byte[] encoded) {
        return StateCodec.decode(encoded);
    }

    @Override
    public List<AuditEntry> entries(long belowId, int limit) {
        return reading.all(ENTRIES, TrailTables::entry, belowId, limit);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                AuditEntry.Event.valueOf(row.getString(4)),
                row.getString(5));
    }

    @Override
    public Optional<AuditEntry> latest(Set<AuditEntry.Event> events) {
        return events.stream()
                .flatMap(event -> reading.first(LATEST, TrailTables::entry, event.name()).stream())
                .max(Comparator.comparingLong(AuditEntry::id));
    }

    @Override
    public void add(AuditEntry entry) {
        SqlSession session = writing.get();
        session.update(ADD, entry.atMillis(), entry.who(), entry.event().name(), entry.detail());
        session.update(FORGET_ENTRIES);
    }
}
