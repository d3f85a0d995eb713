package io.holdfast.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Copies the rows of tables that can still be read out of a damaged database. A table is read from its first row on until the
 * damage, and then from its last row back to it: what lies between two damages is not reached. Not thread-safe.
 */
final class RowRescue {

    private final Connection damaged;
    private final Connection sound;
    private final List<String> incomplete = new ArrayList<>();

    /**
     * Copies between two databases with the same tables.
     *
     * @param sound within a transaction of the caller's
     */
    RowRescue(Connection damaged, Connection sound) {
        this.damaged = damaged;
        this.sound = sound;
    }

    /** One table's columns, and those of its key, in order. */
    private record Table(String name, List<String> columns, List<String> key) {
        String select(boolean backwards) {
            String order =
                    key.stream().map(each -> each + (backwards ? " DESC" : "")).collect(Collectors.joining(", "));
            return "SELECT " + String.join(", ", columns) + " FROM " + Column.quoted(name) + " ORDER BY " + order;
        }

        String insert() {
            return "INSERT OR REPLACE INTO " + Column.quoted(name) + " (" + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        }
    }

    /** Tables of which some rows could not be read. */
    List<String> incomplete() {
        return List.copyOf(incomplete);
    }

    /**
     * Copies what can be read of a table. A row that the sound database refuses is as good as unreadable.
     *
     * @return how many rows
     */
    long copy(String name) throws SQLException {
        Table table = table(name);
        long copied = 0;
        boolean whole = true;
        try (PreparedStatement insert = sound.prepareStatement(table.insert())) {
            Pass forwards = pass(table, false, insert);
            copied += forwards.rows;
            whole = forwards.whole;
            if (!forwards.ended) {
                whole = false;
                copied += pass(table, true, insert).rows;
            }
        }
        if (!whole) {
            incomplete.add(name);
        }
        return copied;
    }

    /** How far one reading of a table came. */
    private static final class Pass {
        private long rows;
        private boolean whole = true;
        private boolean ended;
    }

    private Pass pass(Table table, boolean backwards, PreparedStatement insert) {
        Pass pass = new Pass();
        try (PreparedStatement select = damaged.prepareStatement(table.select(backwards));
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (copied(rows, table.columns.size(), insert)) {
                    pass.rows++;
                } else {
                    pass.whole = false;
                }
            }
            pass.ended = true;
        } catch (SQLException unreadable) {
            pass.whole = false;
        }
        return pass;
    }

    private static boolean copied(ResultSet row, int columns, PreparedStatement insert) throws SQLException {
        for (int i = 1; i <= columns; i++) {
            insert.setObject(i, row.getObject(i));
        }
        try {
            insert.executeUpdate();
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private Table table(String name) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        try (PreparedStatement statement =
                sound.prepareStatement("SELECT name, pk FROM pragma_table_info(?) ORDER BY pk, cid")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String column = Column.quoted(rows.getString(1));
                    columns.add(column);
                    if (rows.getInt(2) > 0) {
                        key.add(column);
                    }
                }
            }
        }
        return new Table(name, columns, key);
    }
}
