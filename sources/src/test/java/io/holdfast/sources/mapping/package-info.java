/** Mappings: their text, and what they make of rows. */
@NullMarked
package io.holdfast.sources.mapping;

import org.jspecify.annotations.NullMarked;
