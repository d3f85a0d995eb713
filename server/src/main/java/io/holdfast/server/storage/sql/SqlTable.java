package io.holdfast.server.storage.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose primary key is the scope and some further columns.
 *
 * @param key the columns after the scope that make a row unique
 * @param values the other columns
 */
public record SqlTable(String name, List<SqlColumn> key, List<SqlColumn> values) {

    /** The first column of every table, and of every key. */
    public static final SqlColumn SCOPE = new SqlColumn("scope", ColumnType.of(ColumnType.Kind.TEXT));

    /** Copies. */
    public SqlTable {
        key = List.copyOf(key);
        values = List.copyOf(values);
    }

    /** The name as it stands in a statement. */
    public String quoted() {
        return SqlColumn.quoted(name);
    }

    /** The columns after the scope, in the order that rows have them. */
    public List<SqlColumn> columns() {
        return Stream.concat(key.stream(), values.stream()).toList();
    }

    /** The scope and the further key columns, as a list in a statement. */
    String keyList() {
        return Stream.concat(Stream.of(SCOPE), key.stream())
                .map(SqlColumn::quoted)
                .collect(Collectors.joining(", "));
    }

    /** All columns, as a list in a statement. */
    String columnList() {
        return Stream.concat(Stream.of(SCOPE), columns().stream())
                .map(SqlColumn::quoted)
                .collect(Collectors.joining(", "));
    }

    /** What an upsert does with a row that is there. */
    String onConflict() {
        String update = values.stream()
                .map(column -> column.quoted() + " = excluded." + column.quoted())
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + keyList() + ")" + (update.isEmpty() ? " DO NOTHING" : " DO UPDATE SET " + update);
    }
}
