/** Scopes in a database, SQLite or PostgreSQL: typed tables for the records, metadata beside them. */
@NullMarked
package io.holdfast.server.storage;

import org.jspecify.annotations.NullMarked;
