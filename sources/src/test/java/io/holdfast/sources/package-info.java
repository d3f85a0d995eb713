/** Tests of sheets, on files of other people and on files made to break the reader. */
@NullMarked
package io.holdfast.sources;

import org.jspecify.annotations.NullMarked;
