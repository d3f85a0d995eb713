package io.holdfast.server.storage;

import io.holdfast.core.audit.Trail;
import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.TextOrder;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.table.ActualRow;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.ToIntFunction;

/** One state of one scope, within a reading transaction. Not thread-safe. */
final class SqlScopeSnapshot implements ScopeSnapshot {

    private static final int FOREIGN_PAGE = 500;

    private final Session session;
    private final Catalogue catalogue;
    private final String scope;
    private final ScopeTables scopes;
    private final RecordReader reader;

    SqlScopeSnapshot(Session session, Catalogue catalogue, String scope) {
        this.session = session;
        this.catalogue = catalogue;
        this.scope = scope;
        this.scopes = new ScopeTables(session, scope);
        this.reader = new RecordReader(session, catalogue, scope);
    }

    @Override
    public Optional<ScopeHead> head() {
        return reading(scopes::head);
    }

    @Override
    public Optional<ChainLink> link(Cursor cursor) {
        return reading(() -> scopes.link(cursor));
    }

    @Override
    public List<ServerRecord> changesSince(long sequence, int recordsMax, long bytesMax) {
        return reading(() -> reader.changesSince(sequence, recordsMax, bytesMax));
    }

    @Override
    public Map<RecordKey, ServerRecord> records(List<RecordKey> keys) {
        return reading(() -> reader.records(keys));
    }

    @Override
    public List<Loser> history(RecordKey key, int limit) {
        return reading(() -> scopes.history(key, limit));
    }

    @Override
    public List<Loser> history(int limit) {
        return reading(() -> scopes.history(limit));
    }

    @Override
    public List<ServerRecord> live(String collection, String afterId, int limit) {
        return reading(() -> reader.live(collection, afterId, limit));
    }

    @Override
    public List<ReplicaRow> replicas(int limit) {
        return reading(() -> scopes.replicas(limit));
    }

    @Override
    public void digests(DigestVisitor visitor) {
        reading(() -> {
            session.stream(
                    "SELECT collection, id, bucket, digest FROM hf_record_head WHERE scope = ? AND digest IS NOT NULL",
                    row -> visitor.visit(
                            new RecordKey(row.getString(1), row.getString(2)),
                            row.getInt(3),
                            Digest.of(row.getBytes(4))),
                    scope);
            return true;
        });
    }

    @Override
    public List<String> collections() {
        return catalogue.tables().keySet().stream().sorted(TextOrder.BYTEWISE).toList();
    }

    @Override
    public List<HeldRecord> held(String collection, String afterId, int limit) {
        return reading(
                () -> new HeldReader(session, catalogue, catalogue.table(collection), scope).page(afterId, limit));
    }

    @Override
    public Optional<HeldRecord> held(RecordKey key) {
        return catalogue.tables().containsKey(key.collection())
                ? reading(() ->
                        new HeldReader(session, catalogue, catalogue.table(key.collection()), scope).one(key.id()))
                : Optional.empty();
    }

    @Override
    public Buckets contents(String collection, ContentDigester digester) {
        return reading(() -> new ContentReader(session, catalogue.table(collection), scope, digester).sums());
    }

    @Override
    public void contents(String collection, ContentDigester digester, BitSet leaves, ContentVisitor visitor) {
        reading(() -> {
            new ContentReader(session, catalogue.table(collection), scope, digester).visit(leaves, visitor);
            return true;
        });
    }

    @Override
    public Map<String, SortedMap<String, Value>> contents(String collection, List<String> ids) {
        CollectionTable table = catalogue.table(collection);
        Map<String, SortedMap<String, Value>> contents = new HashMap<>();
        return reading(() -> {
            session.query(
                    "SELECT t.id" + table.wholeList(session.dialect(), "t") + " FROM "
                            + table.table().quoted() + " AS t WHERE t.scope = ? AND "
                            + session.dialect().among(table.table().key().getFirst()),
                    row -> contents.put(row.getString(1), table.values(session.dialect(), row, 2)),
                    scope,
                    new Session.Texts(ids));
            return contents;
        });
    }

    @Override
    public List<String> dangling(String collection, String field, String named, String afterId, int limit) {
        CollectionTable table = catalogue.table(collection);
        return reading(() -> session.query(
                "SELECT t.id FROM " + table.table().quoted() + " AS t WHERE t.scope = ? AND t.id > ? AND "
                        + table.plainColumn("t", field) + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                        + catalogue.table(named).table().quoted() + " AS n WHERE n.scope = t.scope AND n.id = "
                        + table.plainColumn("t", field) + ") ORDER BY t.id LIMIT ?",
                row -> row.getString(1),
                scope,
                afterId,
                (long) limit));
    }

    @Override
    public Trail trail() {
        return new SqlTrail(session, scope);
    }

    @Override
    public List<ScopeProof> proofs(int limit) {
        return reading(() -> scopes.proofs(limit));
    }

    @Override
    public void rows(RowVisitor visitor) {
        reading(() -> {
            ToIntFunction<RecordKey> buckets = scopes.head()
                    .<ToIntFunction<RecordKey>>map(head -> new Digester(head.key())::bucket)
                    .orElse(key -> 0);
            session.dialect().beforeFullScan(session);
            for (CollectionTable table : catalogue.tables().values()) {
                rows(table, buckets, visitor);
            }
            return true;
        });
    }

    private void rows(CollectionTable table, ToIntFunction<RecordKey> buckets, RowVisitor visitor) throws SQLException {
        Set<String> foreign = ForeignWrites.ids(session, scope, table.collection(), "", Optional.empty());
        session.stream(
                "SELECT t.id, h.sequence, h.digest, h.bucket, h.meta" + table.actualList(session.dialect(), "t")
                        + " FROM " + table.table().quoted() + " AS t LEFT JOIN hf_record_head AS h"
                        + " ON h.scope = t.scope AND h.collection = ? AND h.id = t.id WHERE t.scope = ?",
                row -> {
                    if (!foreign.contains(row.getString(1))) {
                        visitor.visit(actual(table, buckets, row));
                    }
                },
                table.collection(),
                scope);
        List<RecordKey> keys = foreign.stream()
                .map(id -> new RecordKey(table.collection(), id))
                .toList();
        for (int from = 0; from < keys.size(); from += FOREIGN_PAGE) {
            reader.records(keys.subList(from, Math.min(keys.size(), from + FOREIGN_PAGE))).values().stream()
                    .filter(record -> !record.digest().isNone())
                    .forEach(visitor::visit);
        }
    }

    /** A row without a live head was put there by someone else: it has no sequence, no digest and no stamps. */
    private ServerRecord actual(CollectionTable table, ToIntFunction<RecordKey> buckets, ResultSet row)
            throws SQLException {
        RecordKey key = new RecordKey(table.collection(), row.getString(1));
        ActualRow actual = table.actual(session.dialect(), row, 6);
        byte[] digest = row.getBytes(3);
        if (digest == null) {
            return new ServerRecord(key, actual.foreign(), 0, Digest.NONE, buckets.applyAsInt(key));
        }
        return new ServerRecord(key, actual.state(row.getBytes(5)), row.getLong(2), Digest.of(digest), row.getInt(4));
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }
}
