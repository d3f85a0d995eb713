/** From a sheet's cells to records of a collection, as a mapping says. */
@NullMarked
package io.holdfast.sources.mapping;

import org.jspecify.annotations.NullMarked;
