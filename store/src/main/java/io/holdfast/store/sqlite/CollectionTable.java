package io.holdfast.store.sqlite;

import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Index;
import io.holdfast.core.value.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of one collection: one row for each record that a reader sees, the id and then a column for each field. All SQL
 * texts are made once. Thread-safe: it holds no connection.
 */
final class CollectionTable {

    private final CollectionSchema schema;
    private final List<Column> columns;
    private final TextTable text;
    private final String upsert;
    private final String select;
    private final String selectOf;
    private final String delete;
    private final String unknown;

    CollectionTable(CollectionSchema schema) {
        this.schema = schema;
        columns = schema.fields().values().stream().map(Column::new).toList();
        text = new TextTable(schema);
        String table = sql();
        String id = Column.quoted("id");
        upsert = "INSERT INTO " + table + " (" + id + commaBefore("%s") + rowColumn(TextTable.ROW) + ") VALUES (?"
                + commaBefore("?")
                + rowColumn("(SELECT coalesce(max(" + TextTable.ROW + "), 0) + 1 FROM " + table + ")")
                + ") ON CONFLICT (" + id + ") DO UPDATE SET " + joined("%1$s = excluded.%1$s", ", ") + " WHERE "
                + joined(table + ".%1$s IS NOT excluded.%1$s", " OR ");
        select = "SELECT " + joined("%s", ", ") + " FROM " + table + " WHERE " + id + " = ?";
        // Qualified throughout: json_each has columns of its own, with names that fields may have.
        selectOf = "SELECT " + joined("_t.%s", ", ") + ", _t." + id + " FROM json_each(?) AS _k CROSS JOIN " + table
                + " AS _t ON _t." + id + " = _k.value";
        delete = "DELETE FROM " + table + " WHERE " + id + " = ?";
        unknown = "SELECT " + joined("_t.%s", ", ") + ", _t." + id + " FROM " + table + " AS _t"
                + " WHERE NOT EXISTS (SELECT 1 FROM _hf_head AS _h WHERE _h.collection = ?1 AND _h.id = _t." + id + ")"
                + " AND NOT EXISTS (SELECT 1 FROM _hf_layer AS _l WHERE _l.collection = ?1 AND _l.id = _t." + id + ")"
                + " ORDER BY _t." + id + " LIMIT ?2";
    }

    CollectionSchema schema() {
        return schema;
    }

    /** The table's name as SQL. */
    String sql() {
        return Column.quoted(schema.name());
    }

    List<Column> columns() {
        return columns;
    }

    /** The column of a field, if the schema knows it. */
    Optional<Column> column(String field) {
        return schema.field(field).map(Column::new);
    }

    /** The index of the collection's words. */
    TextTable text() {
        return text;
    }

    /** Makes the row of a record what a reader shall see; writes nothing if it is so already. */
    void show(SqlSession session, String id, RecordState visible) {
        if (!visible.live()) {
            hide(session, id);
            return;
        }
        @Nullable Object[] arguments = new @Nullable Object[columns.size() + 1];
        arguments[0] = id;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            arguments[i + 1] = column.stored(visible.value(column.field().name()));
        }
        if (text.present()) {
            Optional<TextTable.Indexed> before = text.indexed(session, id);
            session.update(upsert, arguments);
            text.show(session, id, before, visible);
        } else {
            session.update(upsert, arguments);
        }
    }

    private void hide(SqlSession session, String id) {
        if (text.present()) {
            text.hide(session, id);
        }
        session.update(delete, id);
    }

    /** The values that the columns of a record's row hold themselves; empty if there is no row. */
    SortedMap<String, Value> held(SqlSession session, String id) {
        return session.first(select, this::held, id).orElseGet(FieldMap::of);
    }

    /** As {@link #held}, of the records whose ids a JSON array holds. */
    Map<String, SortedMap<String, Value>> heldOf(SqlSession session, String ids) {
        Map<String, SortedMap<String, Value>> rows = new HashMap<>();
        session.each(selectOf, row -> rows.put(row.getString(columns.size() + 1), held(row)), ids);
        return rows;
    }

    /** The rows that have neither a head nor a layer, by id; of lattices nothing, as a row alone does not hold them. */
    SortedMap<String, SortedMap<String, Value>> unknown(SqlSession session, int number, int limit) {
        TreeMap<String, SortedMap<String, Value>> rows = new TreeMap<>();
        session.each(unknown, row -> rows.put(row.getString(columns.size() + 1), held(row)), number, limit);
        return rows;
    }

    /** A row as it stands, for a comparison. */
    interface Row {
        /** Whether it shows its readers the state. */
        boolean shows(RecordState state);
    }

    /** Receives a row, of which it may only ask at once. */
    @FunctionalInterface
    interface RowComparer {
        void compare(String id, Row row);
    }

    /** Visits the rows, of those whose ids a JSON array holds, that are there. */
    void comparing(SqlSession session, String ids, RowComparer comparer) {
        session.each(
                selectOf,
                row -> {
                    @Nullable Object[] there = new @Nullable Object[columns.size()];
                    for (int i = 0; i < there.length; i++) {
                        there[i] = row.getObject(i + 1);
                    }
                    comparer.compare(row.getString(there.length + 1), state -> shows(there, state));
                    return true;
                },
                ids);
    }

    private boolean shows(@Nullable Object[] there, RecordState state) {
        for (int i = 0; i < there.length; i++) {
            Column column = columns.get(i);
            if (!same(there[i], column.stored(state.value(column.field().name())))) {
                return false;
            }
        }
        return true;
    }

    /** The driver gives a whole number as the least type that holds it. */
    private static boolean same(@Nullable Object there, @Nullable Object stored) {
        if (there instanceof Integer number) {
            return Long.valueOf(number).equals(stored);
        }
        return Objects.deepEquals(there, stored);
    }

    private SortedMap<String, Value> held(ResultSet row) throws SQLException {
        FieldMap.Builder<Value> values = new FieldMap.Builder<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!column.lattice()) {
                Value value = readable(column, row, i + 1);
                if (!value.isNull()) {
                    values.put(column.field().name(), value);
                }
            }
        }
        return values.build();
    }

    /** A column that was damaged until it holds no value reads as cleared: the digest then shows the damage. */
    private static Value readable(Column column, ResultSet row, int index) throws SQLException {
        try {
            return column.visible(row, index);
        } catch (IllegalArgumentException damaged) {
            return Value.NULL;
        }
    }

    /** What a reader sees of a record. */
    Optional<SortedMap<String, Value>> visible(SqlSession session, String id) {
        return session.first(select, row -> visible(row, 1), id);
    }

    /** What a reader sees in a row whose field columns begin at an index; empty fields are left out. */
    SortedMap<String, Value> visible(ResultSet row, int firstColumn) throws SQLException {
        FieldMap.Builder<Value> values = new FieldMap.Builder<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Value value = columns.get(i).visible(row, firstColumn + i);
            if (!value.isNull()) {
                values.put(columns.get(i).field().name(), value);
            }
        }
        return values.build();
    }

    /** The fields of a state whose values the columns hold themselves. */
    Set<String> heldFields(RecordState state) {
        Set<String> held = HashSet.newHashSet(columns.size());
        for (Column column : columns) {
            String name = column.field().name();
            if (column.holds(state.value(name))) {
                held.add(name);
            }
        }
        return held;
    }

    /** The definitions of the table, its readable view and its indexes. */
    List<String> definitions() {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TABLE " + sql() + " (" + Column.quoted("id") + " TEXT NOT NULL PRIMARY KEY"
                + columns.stream()
                        .map(column -> ", " + column.sql() + " " + column.declared())
                        .collect(Collectors.joining())
                + ") STRICT, WITHOUT ROWID");
        sql.addAll(text.definitions());
        sql.add(viewDefinition());
        sql.addAll(indexDefinitions());
        return sql;
    }

    /** The definitions that bring a table of an older schema up to this one; nothing is lost by them. */
    List<String> additions(CollectionSchema older) {
        List<String> sql = new ArrayList<>();
        sql.add("DROP VIEW IF EXISTS " + view());
        for (Column column : columns) {
            if (!older.fields().containsKey(column.field().name())) {
                sql.add("ALTER TABLE " + sql() + " ADD COLUMN " + column.sql() + " " + column.declared());
            }
        }
        sql.addAll(text.additions(new TextTable(older)));
        older.indexes().stream()
                .filter(old -> schema.indexes().stream()
                        .noneMatch(index -> indexName(index).equals(indexName(old))))
                .forEach(old -> sql.add("DROP INDEX IF EXISTS " + indexName(old)));
        sql.add(viewDefinition());
        sql.addAll(indexDefinitions());
        return sql;
    }

    /** What must go before a column can be replaced: the view and the indexes over it. {@link #additions} brings them back. */
    List<String> removalsBefore(String field) {
        List<String> sql = new ArrayList<>();
        sql.add("DROP VIEW IF EXISTS " + view());
        schema.indexes().stream()
                .filter(index -> index.fields().contains(field)
                        || index.where()
                                .filter(where -> where.field().equals(field))
                                .isPresent())
                .forEach(index -> sql.add("DROP INDEX IF EXISTS " + indexName(index)));
        return sql;
    }

    private List<String> indexDefinitions() {
        // Equality is answered by the same B-tree as order: SQLite has no other, and its look-up costs as little.
        return schema.indexes().stream()
                .map(index -> "CREATE INDEX IF NOT EXISTS "
                        + indexName(index) + " ON "
                        + sql()
                        + index.fields().stream().map(Column::quoted).collect(Collectors.joining(", ", " (", ")"))
                        + index.where().map(CollectionTable::condition).orElse(""))
                .toList();
    }

    private static String condition(Index.Where where) {
        return " WHERE " + Column.quoted(where.field()) + " = '" + where.is().replace("'", "''") + "'";
    }

    private String indexName(Index index) {
        String where = index.where()
                .map(part -> " where " + part.field() + " " + part.is())
                .orElse("");
        return Column.quoted("_by " + schema.name() + " " + String.join(" ", index.fields()) + where);
    }

    private String view() {
        return Column.quoted("_view_" + schema.name());
    }

    private String viewDefinition() {
        return "CREATE VIEW " + view() + " AS SELECT " + Column.quoted("id")
                + columns.stream()
                        .map(column -> ", " + column.readable() + " AS " + column.sql())
                        .collect(Collectors.joining())
                + " FROM " + sql();
    }

    private String rowColumn(String part) {
        return text.present() ? ", " + part : "";
    }

    private String joined(String pattern, String separator) {
        return columns.stream()
                .map(column -> String.format(pattern, column.sql()))
                .collect(Collectors.joining(separator));
    }

    private String commaBefore(String pattern) {
        return columns.stream()
                .map(column -> ", " + String.format(pattern, column.sql()))
                .collect(Collectors.joining());
    }
}
