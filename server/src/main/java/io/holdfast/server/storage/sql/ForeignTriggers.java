package io.holdfast.server.storage.sql;

import java.sql.SQLException;
import java.util.List;

/**
 * How an engine tells what other programs write to typed tables from what the server writes: row triggers note each row and keep
 * the row as it was, unless the transaction says that it is the server's. They do so for every program, with no extension and
 * nothing registered. Stateless and thread-safe.
 */
public interface ForeignTriggers {

    /** The prefix of everything that {@link #create} makes. */
    String PREFIX = "hf_foreign_";

    /** Statements that put the triggers on a table that has none. */
    List<String> create(Watched watched);

    /** Statements that take them off again, if they are there. */
    List<String> drop(Watched watched);

    /** What the transaction writes from here on is the server's own. */
    void beginOwn(Session session) throws SQLException;

    /** The server has written what it wanted to write. Must be called before the commit. */
    void endOwn(Session session) throws SQLException;
}
