/** Tests of understanding a sheet as a table. */
@NullMarked
package io.holdfast.sources.table;

import org.jspecify.annotations.NullMarked;
