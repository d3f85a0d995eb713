package io.holdfast.server.storage.sql;

import java.sql.SQLException;

/** What is done in one transaction. It may be done again if the engine has to repeat the transaction. */
@FunctionalInterface
public interface Work<T> {

    /** Does it. */
    T in(Session session) throws SQLException;
}
