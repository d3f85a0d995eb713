package io.holdfast.server.storage.table;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Looks whether a typed table is still as Holdfast made it: any program may change it. Stateless. */
public final class TableCheck {

    private TableCheck() {}

    /**
     * Goes on if the table of a collection has a column for each of its fields; columns that others added are theirs.
     *
     * @throws HoldfastException SCHEMA_MISMATCH if it has not
     */
    public static void require(Session session, CollectionSchema collection) throws SQLException {
        String table = TableNaming.of(session, collection.name());
        Set<String> there = session.dialect().columns(session, table);
        if (there.isEmpty()) {
            throw changed(
                    "The table " + table + " was taken out of the database by another program. Restore a backup.");
        }
        List<String> gone = collection.fields().keySet().stream()
                .map(TableNames::column)
                .filter(column -> !there.contains(column))
                .sorted()
                .toList();
        if (!gone.isEmpty()) {
            throw changed("The table " + table + " lacks what Holdfast made in it: " + String.join(", ", gone)
                    + ". Another program changed it; put the columns back as they were, or restore a backup.");
        }
    }

    private static HoldfastException changed(String sentence) {
        return new HoldfastException(ErrorCode.SCHEMA_MISMATCH, sentence);
    }
}
