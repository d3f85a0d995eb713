package io.holdfast.server.storage.table;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Creates and widens typed tables until they hold what the schemas say: new tables, columns and indexes, nothing else. What
 * a schema no longer mentions stays. One transaction, so that a failure leaves everything as it was; of several processes
 * that start at once one does the work and the others find it done. Not thread-safe.
 */
public final class TableUpgrade {

    private final Session session;
    private Catalogue catalogue = Catalogue.unread();
    private boolean changed;

    private TableUpgrade(Session session) {
        this.session = session;
    }

    /**
     * Brings the typed tables up to the schemas.
     *
     * @throws HoldfastException SCHEMA_DESTRUCTIVE if a field would change its type; SCHEMA_MISMATCH if a collection
     *     belongs to another schema, or its table's name to another program
     */
    public static void apply(Session session, List<Schema> schemas) throws SQLException {
        TableUpgrade upgrade = new TableUpgrade(session);
        session.dialect().lockCatalogue(session);
        upgrade.catalogue = Catalogue.unread().upToDate(session);
        for (Schema schema : schemas) {
            for (CollectionSchema collection : schema.collections().values()) {
                upgrade.collection(schema, collection);
            }
        }
        if (upgrade.changed) {
            session.update("UPDATE hf_catalogue SET generation = generation + 1");
        }
    }

    private void collection(Schema schema, CollectionSchema collection) throws SQLException {
        List<FieldColumn> wanted =
                collection.fields().values().stream().map(FieldColumn::of).toList();
        Optional<CollectionTable> present = catalogue.find(collection.name());
        requireOwner(schema, collection.name());
        if (present.isEmpty()) {
            create(schema, new CollectionTable(collection.name(), wanted));
        } else {
            widen(schema, present.get(), wanted);
        }
        for (Index index : collection.indexes()) {
            index(collection, index);
        }
    }

    /** A collection of one schema's scopes must not be read by another's rules. System collections belong to all. */
    private void requireOwner(Schema schema, String collection) throws SQLException {
        Optional<String> owner = session.first(
                "SELECT schema_name FROM hf_collection WHERE collection = ?", row -> row.getString(1), collection);
        if (owner.isPresent() && !owner.get().equals(owner(schema, collection))) {
            throw new HoldfastException(
                    ErrorCode.SCHEMA_MISMATCH,
                    "The collection " + collection + " of the schema " + schema.name() + " belongs to the schema "
                            + owner.get() + " in this database. Rename one of them.");
        }
    }

    private static String owner(Schema schema, String collection) {
        return collection.startsWith("_") ? "" : schema.name();
    }

    private void create(Schema schema, CollectionTable wanted) throws SQLException {
        SqlTable table = wanted.table();
        if (session.dialect().exists(session, table.name())) {
            throw new HoldfastException(
                    ErrorCode.SCHEMA_MISMATCH,
                    "The database already has a table " + table.name()
                            + " that Holdfast did not make. Rename it, or use another database.");
        }
        change();
        String columns = table.columns().stream()
                .map(column -> ", " + definition(column))
                .collect(Collectors.joining());
        String id = table.key().getFirst().quoted();
        session.execute("CREATE TABLE " + table.quoted() + " (" + definition(SqlTable.SCOPE) + " NOT NULL"
                + columns.replaceFirst(id + "[^,]*", "$0 NOT NULL") + ", PRIMARY KEY (" + SqlTable.SCOPE.quoted() + ", "
                + id + "))" + session.dialect().tableSuffix());
        session.update(
                "INSERT INTO hf_collection (collection, schema_name, version) VALUES (?, ?, ?)",
                wanted.collection(),
                owner(schema, wanted.collection()),
                (long) schema.version());
        for (FieldColumn column : wanted.columns()) {
            enter(wanted.collection(), column);
        }
    }

    private void widen(Schema schema, CollectionTable present, List<FieldColumn> wanted) throws SQLException {
        List<FieldColumn> missing =
                wanted.stream().filter(column -> isMissing(present, column)).toList();
        if (missing.isEmpty()) {
            return;
        }
        change();
        session.dialect().lockScopes(session);
        for (FieldColumn column : missing) {
            session.execute("ALTER TABLE " + present.table().quoted() + " ADD COLUMN " + definition(column.column()));
            enter(present.collection(), column);
        }
        session.update(
                "UPDATE hf_collection SET version = ? WHERE collection = ? AND version < ?",
                (long) schema.version(),
                present.collection(),
                (long) schema.version());
        List<FieldColumn> all = new java.util.ArrayList<>(present.columns());
        all.addAll(missing);
        new ColumnFilling(session, new CollectionTable(present.collection(), all), missing).fill();
    }

    private static boolean isMissing(CollectionTable present, FieldColumn wanted) {
        Optional<FieldColumn> same = present.columns().stream()
                .filter(column -> column.field().equals(wanted.field()))
                .findFirst();
        if (same.isPresent() && !same.get().equals(wanted)) {
            throw new HoldfastException(
                    ErrorCode.SCHEMA_DESTRUCTIVE,
                    "The field " + wanted.field() + " of the collection " + present.collection()
                            + " cannot change its type from " + described(same.get()) + " to " + described(wanted)
                            + ". Keep it, and add a field of another name.");
        }
        return same.isEmpty();
    }

    private static String described(FieldColumn column) {
        return column.digits() == 0
                ? column.kind().name()
                : column.kind() + "(" + column.digits() + "," + column.scale() + ")";
    }

    private void enter(String collection, FieldColumn column) throws SQLException {
        session.update(
                "INSERT INTO hf_field (collection, field, kind, digits, scale) VALUES (?, ?, ?, ?, ?)",
                collection,
                column.field(),
                column.kind().name(),
                (long) column.digits(),
                (long) column.scale());
    }

    private void index(CollectionSchema collection, Index index) throws SQLException {
        String name = TableNames.index(collection.name(), index);
        if (session.dialect().exists(session, name)) {
            return;
        }
        String columns = index.fields().stream()
                .flatMap(field -> collection.field(field).stream())
                .map(field -> FieldColumn.of(field).column())
                .map(column ->
                        ", " + session.dialect().indexed(column, index.fields().size()))
                .collect(Collectors.joining());
        session.execute("CREATE INDEX " + SqlColumn.quoted(name) + " ON "
                + SqlColumn.quoted(TableNames.table(collection.name())) + " (" + SqlTable.SCOPE.quoted() + columns
                + ")");
    }

    private String definition(SqlColumn column) {
        return column.quoted() + " " + session.dialect().definition(column.type());
    }

    private void change() {
        changed = true;
    }
}
