/** What every kind of sheet gives: files, rows, cells, limits. */
@NullMarked
package io.holdfast.sources.sheet;

import org.jspecify.annotations.NullMarked;
