package io.holdfast.server.storage;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.StateCodec;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gaps and audit entries of one scope, within a transaction that holds the scope if it writes. Not thread-safe. */
final class SqlTrail implements Trail {

    private static final String GAPS =
            "SELECT gap, kind, collection, id, here, there, found_by, found_at_millis, cause,"
                    + " state, how, ended_at_millis FROM hf_gap WHERE scope = ?";
    private static final String UNCLOSED = " AND state IN ('OPEN', 'REPAIRING')";
    private static final String FORGET =
            "DELETE FROM hf_gap WHERE scope = ? AND gap <= ? AND state NOT IN ('OPEN', 'REPAIRING')";
    private static final String ENTRIES = "SELECT entry, at_millis, who, event, detail FROM hf_audit WHERE scope = ?";

    private final Session session;
    private final String scope;

    SqlTrail(Session session, String scope) {
        this.session = session;
        this.scope = scope;
    }

    @Override
    public Optional<Gap> unclosed(RecordKey key) {
        return doing(() -> session.first(
                GAPS + UNCLOSED + " AND collection = ? AND id = ?", SqlTrail::gap, scope, key.collection(), key.id()));
    }

    @Override
    public long unclosed() {
        return number("SELECT count(*) FROM hf_gap WHERE scope = ?" + UNCLOSED);
    }

    private long number(String sql) {
        return doing(() -> session.first(sql, row -> row.getLong(1), scope).orElse(0L));
    }

    @Override
    public List<Gap> gaps(boolean unclosedOnly, long belowId, int limit) {
        return doing(() -> session.query(
                GAPS + (unclosedOnly ? UNCLOSED : "") + " AND gap < ? ORDER BY gap DESC LIMIT ?",
                SqlTrail::gap,
                scope,
                belowId,
                (long) limit));
    }

    private static Gap gap(ResultSet row) throws SQLException {
        return new Gap(
                row.getLong(1),
                Gap.Kind.valueOf(row.getString(2)),
                new RecordKey(row.getString(3), row.getString(4)),
                StateCodec.decode(row.getBytes(5)),
                StateCodec.decode(row.getBytes(6)),
                new Gap.Finding(row.getString(7), row.getLong(8), row.getString(9)),
                Gap.State.valueOf(row.getString(10)),
                new Gap.End(row.getString(11), row.getLong(12)));
    }

    @Override
    public long put(Gap gap) {
        long id = gap.id() == 0 ? number("SELECT coalesce(max(gap), 0) + 1 FROM hf_gap WHERE scope = ?") : gap.id();
        upsert(
                MetadataTables.GAP,
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
        doing(() -> session.update(FORGET, scope, id - Limits.GAPS_KEPT));
        return id;
    }

    @Override
    public List<AuditEntry> entries(long belowId, int limit) {
        return doing(() -> session.query(
                ENTRIES + " AND entry < ? ORDER BY entry DESC LIMIT ?", SqlTrail::entry, scope, belowId, (long) limit));
    }

    @Override
    public Optional<AuditEntry> latest(Set<AuditEntry.Event> events) {
        String names = events.stream().map(event -> "'" + event.name() + "'").collect(Collectors.joining(", "));
        return doing(() -> session.first(
                ENTRIES + " AND event IN (" + names + ") ORDER BY entry DESC LIMIT 1", SqlTrail::entry, scope));
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
    public void add(AuditEntry entry) {
        upsert(
                MetadataTables.AUDIT,
                number("SELECT coalesce(max(entry), 0) + 1 FROM hf_audit WHERE scope = ?"),
                entry.atMillis(),
                entry.who(),
                entry.event().name(),
                entry.detail());
    }

    private void upsert(SqlTable table, Object... row) {
        doing(() -> {
            session.upsert(table, scope, List.<@Nullable Object[]>of(row));
            return true;
        });
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T doing(Step<T> step) {
        try {
            return step.run();
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }
}
