package io.holdfast.server.storage.sql;

import io.holdfast.core.error.HoldfastException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between the engines. Stateless and thread-safe. */
public interface Dialect {

    /** The column's type in a definition. */
    String definition(ColumnType type);

    /** What ends the definition of a table. */
    String tableSuffix();

    /** The column in a list of selected ones, so that {@link #read} understands it. */
    String selected(String qualifier, SqlColumn column);

    /**
     * The part of a {@link io.holdfast.core.reconcile.ContentDigester}'s text that a column makes, if the engine can hash: then
     * it also has the functions {@code sha256}, {@code convert_to}, {@code get_byte}, {@code get_bit} and {@code encode}.
     */
    Optional<String> contentPart(String qualifier, SqlColumn column);

    /** The column in an index; {@code columns} share it. */
    String indexed(SqlColumn column, int columns);

    /** The carrier ({@link ColumnType.Kind}) in a selected column; null for none and for what no field could hold. */
    @Nullable
    Object read(ResultSet row, int index, ColumnType type) throws SQLException;

    /** The condition that a column is one of the texts bound by {@link #bind}. */
    String among(SqlColumn column);

    /** Binds many texts as one parameter. */
    void bind(Connection connection, PreparedStatement statement, int index, List<String> texts) throws SQLException;

    /**
     * See {@link Session#insert} and {@link Session#upsert}.
     *
     * @param scopes of the rows: one of each, or a single one of all
     * @param onConflict what to do with rows that are there, empty for a failure
     */
    void write(
            Connection connection,
            SqlTable table,
            List<String> scopes,
            List<@Nullable Object[]> rows,
            String onConflict)
            throws SQLException;

    /** Whether a row was to be inserted that is already there. */
    boolean duplicate(SQLException failure);

    /** What ends a query for a row that the transaction is going to change. */
    String lockingRow();

    /** Keeps others, until the transaction ends, from adding a scope whose row is not there to be locked. */
    void lockAbsentScope(Session session, String scope) throws SQLException;

    /** As {@link #lockAbsentScope} for many, which are given in order so that two who do so do not wait for each other. */
    void lockAbsentScopes(Session session, List<String> scopes) throws SQLException;

    /** Keeps other processes, until the transaction ends, from changing typed tables. */
    void lockCatalogue(Session session) throws SQLException;

    /** Keeps appends out until the transaction ends; reading goes on. */
    void lockScopes(Session session) throws SQLException;

    /** Whether a table, view or index of that name is there. */
    boolean exists(Session session, String name) throws SQLException;

    /** The names of a table's or view's columns; none if it is not there. */
    Set<String> columns(Session session, String table) throws SQLException;

    /**
     * Makes room for more digits in a decimal column that has values. Indexes over it may be gone afterwards.
     *
     * @param column as it shall be
     */
    void lengthen(Session session, SqlTable table, SqlColumn column) throws SQLException;

    /** How writes of other programs are noted. */
    ForeignTriggers foreignTriggers();

    /** Prepares the transaction for a query that visits most rows of a table. */
    void beforeFullScan(Session session) throws SQLException;

    /** Whether the transaction failed only because of others and may be tried again. */
    boolean repeatable(SQLException failure);

    /**
     * The failure in words for people, without secrets.
     *
     * @param place what names the database: its host or its file
     */
    HoldfastException failure(SQLException failure, String place);
}
