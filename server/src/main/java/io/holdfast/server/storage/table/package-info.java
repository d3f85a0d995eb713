/** Typed tables: how the records of a collection stand in an ordinary table that any SQL tool can read. */
@NullMarked
package io.holdfast.server.storage.table;

import org.jspecify.annotations.NullMarked;
