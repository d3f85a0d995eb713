/** Office Open XML workbooks, read as a stream and distrusted. */
@NullMarked
package io.holdfast.sources.xlsx;

import org.jspecify.annotations.NullMarked;
