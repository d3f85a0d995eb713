package io.holdfast.earnings.migration;

import io.holdfast.server.storage.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** How one engine converts between the old table's values and Holdfast's, and shows the old shape. Stateless. */
interface OldShape {

    /** Holdfast's collection. */
    String COLLECTION = "user_earnings";

    /** What users may be called, as a condition on an expression. */
    String userFits(String user);

    /** The user as text. */
    String text(String user);

    /** A scope, as a value of the user's column of text. */
    String likeUser(OldColumn user, String scope);

    /** The old table's columns in their order; empty if there is no such table. */
    List<OldColumn> columns(Session session, String table) throws SQLException;

    /** Whether a table, not a view, has this name. */
    boolean isTable(Session session, String name) throws SQLException;

    /** A number or time as the old column has it, from Holdfast's. */
    String toOld(OldColumn column, String value);

    /** A number or time as Holdfast's column has it, from the old one's. */
    String toNew(OldColumn column, String value);

    /** Units of the eighth digit as a whole number in text, or microseconds, from the old column's value. */
    String whole(OldColumn column, String value);

    /** The present time as Holdfast's column has it. */
    String now();

    /** What ends a query for rows that the transaction will act on. */
    String locking();

    /** Statements before those of the same transaction that go through whole tables. */
    List<String> wholeTables();

    /** Statements that let old callers write to the view. */
    List<String> triggers(OldTable old);

    /** Statements that take away what {@link #triggers} made, but for what goes with the view. */
    List<String> dropTriggers(OldTable old);
}
