/** Delimited text: encoding, dialect, rows. */
@NullMarked
package io.holdfast.sources.csv;

import org.jspecify.annotations.NullMarked;
