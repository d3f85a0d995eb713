/** Mappings that work for a sheet as it is: types, reasons, and the smallest key. */
@NullMarked
package io.holdfast.sources.proposal;

import org.jspecify.annotations.NullMarked;
