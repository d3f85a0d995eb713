/** Tests of delimited text. */
@NullMarked
package io.holdfast.sources.csv;

import org.jspecify.annotations.NullMarked;
