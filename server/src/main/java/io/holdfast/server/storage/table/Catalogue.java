package io.holdfast.server.storage.table;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The typed tables that a database has, whichever schemas this process serves: a process with an older schema must not
 * overlook columns that a newer one has added. Immutable.
 */
public final class Catalogue {

    private final long generation;
    private final Map<String, CollectionTable> tables;

    private Catalogue(long generation, Map<String, CollectionTable> tables) {
        this.generation = generation;
        this.tables = tables;
    }

    /** A catalogue that is older than any. */
    public static Catalogue unread() {
        return new Catalogue(-1, Map.of());
    }

    /** The catalogue as the transaction sees it, read again only if it has moved since this one. */
    public Catalogue upToDate(Session session) throws SQLException {
        long now = session.first("SELECT generation FROM hf_catalogue", row -> row.getLong(1))
                .orElse(0L);
        return now == generation ? this : read(session, now);
    }

    private static Catalogue read(Session session, long generation) throws SQLException {
        Map<String, List<FieldColumn>> columns = new TreeMap<>();
        session.query("SELECT collection FROM hf_collection", row -> row.getString(1))
                .forEach(collection -> columns.put(collection, new ArrayList<>()));
        session.query(
                "SELECT collection, field, kind, digits, scale FROM hf_field ORDER BY collection, field",
                row -> columns.computeIfAbsent(row.getString(1), collection -> new ArrayList<>())
                        .add(new FieldColumn(
                                row.getString(2), ColumnKind.valueOf(row.getString(3)), row.getInt(4), row.getInt(5))));
        Map<String, String> names = new TreeMap<>();
        session.query(
                "SELECT collection, name FROM hf_table_name", row -> names.put(row.getString(1), row.getString(2)));
        Map<String, CollectionTable> tables = new TreeMap<>();
        for (Map.Entry<String, List<FieldColumn>> collection : columns.entrySet()) {
            String name = names.getOrDefault(collection.getKey(), TableNames.table(collection.getKey()));
            tables.put(collection.getKey(), new CollectionTable(collection.getKey(), name, collection.getValue()));
        }
        return new Catalogue(generation, tables);
    }

    /** The typed tables, by collection. */
    public Map<String, CollectionTable> tables() {
        return tables;
    }

    Optional<CollectionTable> find(String collection) {
        return Optional.ofNullable(tables.get(collection));
    }

    /**
     * The table of a collection.
     *
     * @throws HoldfastException COLLECTION_UNKNOWN if no schema that was ever served here has it
     */
    public CollectionTable table(String collection) {
        return find(collection)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.COLLECTION_UNKNOWN,
                        "The server has no table for the collection " + collection + "; serve a schema that has it."));
    }
}
