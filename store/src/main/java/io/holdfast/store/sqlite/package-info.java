/** The store's file: a SQLite database that any SQLite tool can read. */
@NullMarked
package io.holdfast.store.sqlite;

import org.jspecify.annotations.NullMarked;
