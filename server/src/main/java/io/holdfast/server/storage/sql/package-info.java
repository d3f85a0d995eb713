/** The databases under the server's storage: connections, transactions, and what differs between SQLite and PostgreSQL. */
@NullMarked
package io.holdfast.server.storage.sql;

import org.jspecify.annotations.NullMarked;
