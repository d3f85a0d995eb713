package io.holdfast.client;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.TreeMap;

/** Damages records as bad disks and other programs do. */
final class Plants {

    private Plants() {}

    /** The same row with another name under the old stamps. */
    static RecordState renamed(RecordState row, String name) {
        TreeMap<String, Cell> cells = new TreeMap<>(row.cells());
        cells.computeIfPresent("name", (field, cell) -> new Cell(new Value.Text(name), cell.stamp()));
        return new RecordState(cells, row.deleted());
    }

    /** Writes a name into a store's file past the store. */
    static void overwrite(Path file, String id, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update = connection.prepareStatement("UPDATE plants SET name = ? WHERE id = ?")) {
            update.setString(1, name);
            update.setString(2, id);
            if (update.executeUpdate() != 1) {
                throw new AssertionError("there is no such row");
            }
        }
    }
}
