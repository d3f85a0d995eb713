package io.holdfast.store.sqlite;

import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of a collection's full-text fields, in an FTS5 table that keeps no second copy of the texts
 * (https://www.sqlite.org/fts5.html, contentless-delete tables). The collection's rows get a number, {@code _row}, by
 * which both find each other. Kept in the transaction of the row. Thread-safe: it holds no connection.
 */
final class TextTable {

    /** The number that ties a row to its words. */
    static final String ROW = "\"_row\"";

    private final List<Column> columns;
    private final String table;
    private final String words;
    private final String rowIndex;
    private final String find;
    private final String insert;
    private final String delete;

    TextTable(CollectionSchema schema) {
        columns = schema.fields().values().stream()
                .filter(Field::fullText)
                .map(Column::new)
                .toList();
        table = Column.quoted(schema.name());
        words = Column.quoted("_text_" + schema.name());
        rowIndex = Column.quoted("_by " + schema.name() + " _row");
        find = "SELECT " + ROW + commaBefore(Column::sql) + " FROM " + table + " WHERE \"id\" = ?";
        insert = "INSERT OR REPLACE INTO " + words + " (rowid" + commaBefore(TextTable::wordsColumn) + ") VALUES (?"
                + commaBefore(column -> "?") + ")";
        delete = "DELETE FROM " + words + " WHERE rowid = ?";
    }

    /** A row's number and the texts whose words are indexed for it. */
    record Indexed(long row, @Nullable Object[] texts) {}

    /** Whether the collection has text search at all. */
    boolean present() {
        return !columns.isEmpty();
    }

    /** The table's name as SQL. */
    String sql() {
        return words;
    }

    /** The name under which a field stands in the words' table; FTS5 reserves some plain names. */
    static String wordsColumn(Column column) {
        return Column.quoted("_" + column.field().name());
    }

    /** What is indexed for a record, if it has a row. */
    Optional<Indexed> indexed(SqlSession session, String id) {
        return session.first(
                find,
                row -> {
                    @Nullable Object[] texts = new @Nullable Object[columns.size()];
                    for (int i = 0; i < texts.length; i++) {
                        texts[i] = row.getString(i + 2);
                    }
                    return new Indexed(row.getLong(1), texts);
                },
                id);
    }

    /** Makes the words of a record findable, if they differ from what is indexed already. The row is written before. */
    void show(SqlSession session, String id, Optional<Indexed> before, RecordState visible) {
        @Nullable Object[] arguments = new @Nullable Object[columns.size() + 1];
        for (int i = 0; i < columns.size(); i++) {
            arguments[i + 1] =
                    columns.get(i).stored(visible.value(columns.get(i).field().name()));
        }
        boolean same = before.isPresent()
                && Arrays.equals(before.get().texts, 0, columns.size(), arguments, 1, arguments.length);
        if (!same) {
            arguments[0] = before.or(() -> indexed(session, id)).orElseThrow().row;
            session.update(insert, arguments);
        }
    }

    /** Forgets the words of a record. The row is deleted after. */
    void hide(SqlSession session, String id) {
        indexed(session, id).ifPresent(before -> session.update(delete, before.row));
    }

    /** What a new collection needs. */
    List<String> definitions() {
        return present() ? List.of(rowColumn(), rowIndexDefinition(), wordsDefinition()) : List.of();
    }

    /** What an older collection needs, its rows included. */
    List<String> additions(TextTable older) {
        if (columnNames().equals(older.columnNames())) {
            return List.of();
        }
        List<String> sql = new ArrayList<>();
        if (older.present()) {
            sql.add("DROP TABLE " + words);
        } else {
            sql.add(rowColumn());
            sql.add("UPDATE " + table + " SET " + ROW
                    + " = numbered.n FROM (SELECT \"id\" AS i, row_number() OVER () AS n FROM " + table
                    + ") AS numbered WHERE \"id\" = numbered.i");
            sql.add(rowIndexDefinition());
        }
        if (present()) {
            sql.add(wordsDefinition());
            sql.addAll(refill());
        } else {
            sql.add("DROP INDEX " + rowIndex);
            sql.add("ALTER TABLE " + table + " DROP COLUMN " + ROW);
        }
        return sql;
    }

    /** What makes the words of all rows findable that an empty table of words knows nothing of. */
    List<String> refill() {
        return present()
                ? List.of("INSERT INTO " + words + " (rowid" + commaBefore(TextTable::wordsColumn) + ") SELECT " + ROW
                        + commaBefore(Column::sql) + " FROM " + table)
                : List.of();
    }

    private String rowColumn() {
        return "ALTER TABLE " + table + " ADD COLUMN " + ROW + " INTEGER";
    }

    private String rowIndexDefinition() {
        return "CREATE UNIQUE INDEX " + rowIndex + " ON " + table + " (" + ROW + ")";
    }

    private String wordsDefinition() {
        return "CREATE VIRTUAL TABLE " + words + " USING fts5("
                + columns.stream().map(TextTable::wordsColumn).collect(Collectors.joining(", "))
                + ", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')";
    }

    private List<String> columnNames() {
        return columns.stream().map(Column::sql).toList();
    }

    private String commaBefore(Function<Column, String> part) {
        return columns.stream().map(column -> ", " + part.apply(column)).collect(Collectors.joining());
    }
}
