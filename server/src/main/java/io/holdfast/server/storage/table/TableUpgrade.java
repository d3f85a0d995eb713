package io.holdfast.server.storage.table;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Creates and widens typed tables until they hold what the schemas say: new tables, columns and indexes, nothing else. What
 * a schema no longer mentions stays. One transaction, so that a failure leaves everything as it was; of several processes
 * that start at once one does the work and the others find it done. Not thread-safe.
 */
public final class TableUpgrade {

    private final Session session;
    private final Map<String, CollectionTable> tables;
    private boolean changed;

    private TableUpgrade(Session session, Map<String, CollectionTable> tables) {
        this.session = session;
        this.tables = new HashMap<>(tables);
    }

    /**
     * Brings the typed tables up to the schemas, and adds system collections.
     *
     * @throws HoldfastException SCHEMA_DESTRUCTIVE if a schema would do more than add to its last version; SCHEMA_MISMATCH
     *     if a collection belongs to another schema, or its table's name to another program
     */
    public static void apply(Session session, List<Schema> schemas) throws SQLException {
        session.dialect().lockCatalogue(session);
        session.dialect().foreignTriggers().endOwn(session);
        TableUpgrade upgrade =
                new TableUpgrade(session, Catalogue.unread().upToDate(session).tables());
        upgrade.watch();
        for (Schema schema : schemas) {
            new KnownSchemas(session).accept(schema);
            for (CollectionSchema collection :
                    SystemCollections.addTo(schema).collections().values()) {
                upgrade.collection(schema, collection);
            }
        }
        upgrade.watch();
        if (upgrade.changed) {
            session.update("UPDATE hf_catalogue SET generation = generation + 1");
        }
    }

    /** Tables from before other programs' writes were noted get their triggers. */
    private void watch() throws SQLException {
        for (CollectionTable table : tables.values()) {
            if (!session.dialect().exists(session, table.before().name())) {
                create(table.before());
                run(session.dialect().foreignTriggers().create(table.watched()));
            }
        }
    }

    private void run(List<String> statements) throws SQLException {
        for (String statement : statements) {
            session.execute(statement);
        }
    }

    private void collection(Schema schema, CollectionSchema collection) throws SQLException {
        List<FieldColumn> wanted =
                collection.fields().values().stream().map(FieldColumn::of).toList();
        Optional<CollectionTable> present = Optional.ofNullable(tables.get(collection.name()));
        requireOwner(schema, collection.name());
        if (present.isEmpty()) {
            create(schema, new CollectionTable(collection.name(), TableNaming.of(session, collection.name()), wanted));
        } else {
            widen(present.get(), wanted);
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
        create(table);
        session.update(
                "INSERT INTO hf_collection (collection, schema_name) VALUES (?, ?)",
                wanted.collection(),
                owner(schema, wanted.collection()));
        for (FieldColumn column : wanted.columns()) {
            enter(wanted.collection(), column);
        }
        tables.put(wanted.collection(), wanted);
    }

    private void create(SqlTable table) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> ", " + definition(column))
                .collect(Collectors.joining());
        String id = table.key().getFirst().quoted();
        session.execute("CREATE TABLE " + table.quoted() + " (" + definition(SqlTable.SCOPE) + " NOT NULL"
                + columns.replaceFirst(id + "[^,]*", "$0 NOT NULL") + ", PRIMARY KEY (" + SqlTable.SCOPE.quoted() + ", "
                + id + "))" + session.dialect().tableSuffix());
    }

    private void widen(CollectionTable present, List<FieldColumn> wanted) throws SQLException {
        Map<String, FieldColumn> columns = new TreeMap<>();
        present.columns().forEach(column -> columns.put(column.field(), column));
        List<FieldColumn> missing = new ArrayList<>();
        List<FieldColumn> longer = new ArrayList<>();
        for (FieldColumn column : wanted) {
            FieldColumn same = columns.get(column.field());
            if (same == null) {
                missing.add(column);
            } else if (same.digits() < column.digits() && column.sameButForDigits(same)) {
                longer.add(column);
            } else if (!column.sameButForDigits(same)) {
                throw destructive(present, same, column);
            }
        }
        if (!missing.isEmpty() || !longer.isEmpty()) {
            change();
            session.dialect().lockScopes(session);
            run(session.dialect().foreignTriggers().drop(present.watched()));
            longer.forEach(column -> columns.put(column.field(), column));
            lengthen(present, longer);
            missing.forEach(column -> columns.put(column.field(), column));
            add(present, missing);
            CollectionTable wider =
                    new CollectionTable(present.collection(), present.table().name(), List.copyOf(columns.values()));
            tables.put(present.collection(), wider);
            new ColumnFilling(session, wider, missing).fill();
            run(session.dialect().foreignTriggers().create(wider.watched()));
        }
    }

    private void add(CollectionTable table, List<FieldColumn> missing) throws SQLException {
        for (FieldColumn column : missing) {
            for (SqlTable widened : both(table)) {
                session.execute("ALTER TABLE " + widened.quoted() + " ADD COLUMN " + definition(column.column()));
            }
            enter(table.collection(), column);
        }
    }

    private static List<SqlTable> both(CollectionTable table) {
        return List.of(table.table(), table.before());
    }

    private void lengthen(CollectionTable table, List<FieldColumn> longer) throws SQLException {
        for (FieldColumn column : longer) {
            for (SqlTable lengthened : both(table)) {
                session.dialect().lengthen(session, lengthened, column.column());
            }
            session.update(
                    "UPDATE hf_field SET digits = ? WHERE collection = ? AND field = ?",
                    (long) column.digits(),
                    table.collection(),
                    column.field());
        }
    }

    private static HoldfastException destructive(CollectionTable table, FieldColumn before, FieldColumn after) {
        return new HoldfastException(
                ErrorCode.SCHEMA_DESTRUCTIVE,
                "The field " + after.field() + " of the collection " + table.collection()
                        + " cannot change its type from " + described(before) + " to " + described(after)
                        + ". Keep it, and add a field of another name.");
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
                + TableNaming.quoted(session, collection.name()) + " (" + SqlTable.SCOPE.quoted() + columns
                + ")" + index.where().map(TableUpgrade::condition).orElse(""));
    }

    private static String condition(Index.Where where) {
        return " WHERE " + SqlColumn.quoted(TableNames.column(where.field())) + " = '"
                + where.is().replace("'", "''") + "'";
    }

    private String definition(SqlColumn column) {
        return column.quoted() + " " + session.dialect().definition(column.type());
    }

    private void change() {
        changed = true;
    }
}
