package io.holdfast.server.storage;

import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlTable;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings many scopes into being in one transaction, table by table instead of scope by scope: a thousand users cost a few statements
 * and one commit. For migrations; whoever comes upon a single new scope appends to it. Stateless.
 */
public final class NewScopes {

    private NewScopes() {}

    /**
     * Writes the scopes that are not there.
     *
     * @param updates of scopes with nothing in them, by their names; live records and no history
     * @return the names of those that are there already: nothing is written for them
     */
    public static List<String> write(Session session, Map<String, ScopeUpdate<?>> updates) throws SQLException {
        List<String> names = updates.keySet().stream().sorted().toList();
        if (names.isEmpty()) {
            return List.of();
        }
        session.dialect().lockAbsentScopes(session, names);
        Set<String> there = new HashSet<>(session.query(
                "SELECT scope FROM hf_scope WHERE " + session.dialect().among(SqlTable.SCOPE),
                row -> row.getString(1),
                new Session.Texts(names)));
        Rows rows = new Rows(Catalogue.unread().upToDate(session));
        for (String name : names) {
            if (!there.contains(name)) {
                rows.add(name, updates.get(name));
            }
        }
        session.own(() -> rows.write(session));
        return List.copyOf(there);
    }

    /** Rows of one table, each with its scope. */
    private record Placed(List<String> scopes, List<@Nullable Object[]> rows) {
        Placed() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(String scope, @Nullable Object... row) {
            scopes.add(scope);
            rows.add(row);
        }

        void write(Session session, SqlTable table) throws SQLException {
            session.insert(table, scopes, rows);
        }
    }

    private static final class Rows {
        private final Catalogue catalogue;
        private final Placed scopes = new Placed();
        private final Placed links = new Placed();
        private final Placed heads = new Placed();
        private final Map<String, Placed> typed = new TreeMap<>();

        Rows(Catalogue catalogue) {
            this.catalogue = catalogue;
        }

        void add(String scope, @Nullable ScopeUpdate<?> update) {
            if (update == null || update.head().isEmpty()) {
                throw new IllegalArgumentException("a scope begins with something in it");
            }
            ScopeHead head = update.head().get();
            scopes.add(
                    scope,
                    head.key().bytes(),
                    head.epoch(),
                    head.sequence(),
                    head.chain(),
                    head.root().bytes());
            update.link().ifPresent(link -> links.add(scope, link.sequence(), link.chain(), link.atMillis()));
            update.records().forEach(record -> add(scope, record));
        }

        private void add(String scope, ServerRecord record) {
            String collection = record.key().collection();
            CollectionTable.Split split = catalogue.table(collection).split(record.key(), record.state());
            typed.computeIfAbsent(collection, name -> new Placed()).add(scope, split.row());
            heads.add(
                    scope,
                    collection,
                    record.key().id(),
                    record.sequence(),
                    record.digest().bytes(),
                    (long) record.bucket(),
                    (long) split.bytes(),
                    split.meta());
        }

        void write(Session session) throws SQLException {
            for (Map.Entry<String, Placed> rows : typed.entrySet()) {
                rows.getValue().write(session, catalogue.table(rows.getKey()).table());
            }
            heads.write(session, MetadataTables.HEAD);
            links.write(session, MetadataTables.CHAIN);
            scopes.write(session, MetadataTables.SCOPE);
        }
    }
}
