package io.holdfast.server.storage;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ForeignWaiting;
import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.DuplicateRowException;
import io.holdfast.server.storage.sql.ForeignWriteException;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.Work;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.TableUpgrade;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Scopes in a {@link Database}. Thread-safe. An append holds the scope's row from its first statement to its commit, so
 * sequence order is commit order: whoever sees a sequence sees all below it.
 *
 * <p>Any number of processes may use one database, each with its own schemas; the typed tables are the union of all.
 */
public final class SqlServerStorage implements ServerStorage {

    /** Each time another program wrote what an append was about to replace. */
    private static final int ATTEMPTS_MAX = 20;

    private final Database database;
    private volatile Catalogue catalogue = Catalogue.unread();

    private final Work<Boolean> guard;

    private SqlServerStorage(Database database, Work<Boolean> guard) {
        this.database = database;
        this.guard = guard;
    }

    /**
     * Opens the storage and brings the typed tables up to the schemas.
     *
     * @param database closed with the storage, and if it cannot be opened
     * @param schemas whose collections have distinct names; system collections are added
     * @throws HoldfastException SCHEMA_INVALID if two schemas share a collection; SCHEMA_DESTRUCTIVE, SCHEMA_MISMATCH if
     *     one does not fit what the database holds
     */
    public static SqlServerStorage open(Database database, List<Schema> schemas) {
        try {
            return over(database, schemas);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /** As {@link #open}, but the database stays open whatever happens, until its owner closes it. */
    public static SqlServerStorage over(Database database, List<Schema> schemas) {
        requireDistinct(schemas);
        database.write(session -> {
            TableUpgrade.apply(session, schemas);
            return true;
        });
        return new SqlServerStorage(database, session -> true);
    }

    /**
     * The same storage, with something that every append does first, in its transaction: whoever has lost the right to write
     * finds out there.
     *
     * @param first throws what the append shall fail with
     */
    public SqlServerStorage guarded(Work<Boolean> first) {
        return new SqlServerStorage(database, first);
    }

    private static void requireDistinct(List<Schema> schemas) {
        Map<String, String> owners = new HashMap<>();
        for (Schema schema : schemas) {
            for (String collection : schema.collections().keySet()) {
                String other = owners.putIfAbsent(collection, schema.name());
                if (other != null) {
                    throw new HoldfastException(
                            ErrorCode.SCHEMA_INVALID,
                            "The schemas " + other + " and " + schema.name() + " both have a collection " + collection
                                    + ". Rename one of them, or serve them from two databases.");
                }
            }
        }
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        ScopeUpdate<T> update = update(scope, touch, decide);
        update.head().ifPresent(head -> database.announce(scope, head.sequence()));
        return update.answer();
    }

    /**
     * How an append is tried.
     *
     * @param trusting whether rows of records that are not there are inserted, which is faster, and fails if they are
     * @param looking whether notes of other programs' writes are read first: most of the time there are none
     * @param more records that the decision may write without having named them, and that other programs wrote
     */
    private record Attempt(boolean trusting, boolean looking, Set<RecordKey> more) {
        static final Attempt FIRST = new Attempt(true, false, Set.of());

        Attempt seeing(Set<RecordKey> keys) {
            Set<RecordKey> all = new HashSet<>(more);
            all.addAll(keys);
            return new Attempt(false, true, all);
        }
    }

    private <T> ScopeUpdate<T> update(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        Attempt attempt = Attempt.FIRST;
        for (int attempts = 1; attempts <= ATTEMPTS_MAX; attempts++) {
            try {
                Attempt now = attempt;
                return database.write(scope, session -> update(session, scope, touch, decide, now));
            } catch (DuplicateRowException foreign) {
                // Someone has put a row into a typed table that no record of ours explains; ours takes its place.
                attempt = new Attempt(false, true, attempt.more());
            } catch (ForeignWriteException foreign) {
                attempt = attempt.seeing(foreign.keys());
            }
        }
        throw busy();
    }

    private static HoldfastException busy() {
        return new HoldfastException(
                ErrorCode.UNAVAILABLE, "Another program keeps writing the same rows of the database. Try again.");
    }

    private <T> ScopeUpdate<T> update(
            Session session,
            String scope,
            ScopeView.Touch touch,
            Function<ScopeView, ScopeUpdate<T>> decide,
            Attempt attempt)
            throws SQLException {
        guard.in(session);
        ScopeTables scopes = new ScopeTables(session, scope);
        Optional<ScopeHead> head = scopes.lockedHead();
        Catalogue tables = catalogue(session);
        ForeignWrites foreign = new ForeignWrites(session, tables, scope);
        Set<RecordKey> touched = new HashSet<>(touch.records());
        touched.addAll(attempt.more());
        if (attempt.looking()) {
            foreign.lock(touched);
        }
        Map<RecordKey, ServerRecord> records = new RecordReader(session, tables, scope).records(List.copyOf(touched));
        ScopeUpdate<T> update = decide.apply(new ScopeView(
                head, scopes.replica(touch.replica()), records, scopes.links(touch.cursors()), foreign.rows(records)));
        Set<RecordKey> fresh = new HashSet<>(attempt.trusting() ? touched : List.of());
        fresh.removeAll(records.keySet());
        new RecordWriter(session, tables, scope, fresh).write(update.records());
        update.records().forEach(record -> touched.add(record.key()));
        foreign.requireNoOther(touched);
        foreign.settle(update.evidence().foreign());
        scopes.write(update);
        return update;
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        for (int attempts = 1; attempts <= ATTEMPTS_MAX; attempts++) {
            try {
                return database.write(scope, session -> mend(session, scope, decide));
            } catch (ForeignWriteException foreign) {
                // The next look sees what they wrote, and leaves it alone.
            }
        }
        throw busy();
    }

    private <T> T mend(Session session, String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide)
            throws SQLException {
        ScopeTables scopes = new ScopeTables(session, scope);
        scopes.lockedHead();
        Catalogue tables = catalogue(session);
        ScopeUpdate<T> update = decide.apply(new SqlScopeSnapshot(session, tables, scope));
        new RecordWriter(session, tables, scope, Set.of()).write(update.records());
        new ForeignWrites(session, tables, scope)
                .requireNoOther(update.records().stream().map(ServerRecord::key).toList());
        scopes.write(update);
        return update.answer();
    }

    @Override
    public ForeignWaiting foreign(long after, int limit) {
        return database.read(session -> {
            Map<String, Set<RecordKey>> waiting = new LinkedHashMap<>();
            List<Long> entries = session.query(
                    "SELECT scope, collection, id, entry FROM hf_foreign_write WHERE code = '' AND entry > ?"
                            + " ORDER BY entry LIMIT ?",
                    row -> {
                        waiting.computeIfAbsent(row.getString(1), scope -> new LinkedHashSet<>())
                                .add(new RecordKey(row.getString(2), row.getString(3)));
                        return row.getLong(4);
                    },
                    after,
                    (long) limit);
            Map<String, List<RecordKey>> records = new LinkedHashMap<>();
            waiting.forEach((scope, keys) -> records.put(scope, List.copyOf(keys)));
            return new ForeignWaiting(records, entries.size(), entries.isEmpty() ? after : entries.getLast());
        });
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        return database.read(session -> {
            Catalogue tables = catalogue(session);
            return body.apply(new SqlScopeSnapshot(session, tables, scope));
        });
    }

    @Override
    public List<String> scopes(String after, int limit) {
        return database.read(session -> session.query(
                "SELECT scope FROM hf_scope WHERE scope > ? ORDER BY scope LIMIT ?",
                row -> row.getString(1),
                after,
                (long) limit));
    }

    @Override
    public List<PlacedRecord> everywhere(String collection, List<TextMatch> matches, Place after, int limit) {
        return database.read(
                session -> new EverywhereReader(session, catalogue(session), collection).page(matches, after, limit));
    }

    private Catalogue catalogue(Session session) throws SQLException {
        Catalogue current = catalogue.upToDate(session);
        catalogue = current;
        return current;
    }

    @Override
    public void close() {
        database.close();
    }
}
