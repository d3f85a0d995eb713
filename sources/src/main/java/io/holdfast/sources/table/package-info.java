/** A sheet as a table: header, typed columns, what is odd about it. */
@NullMarked
package io.holdfast.sources.table;

import org.jspecify.annotations.NullMarked;
