/** Questions to a collection, as values: composed by the caller, turned into SQL by the store, never made of text. */
@NullMarked
package io.holdfast.store.query;

import org.jspecify.annotations.NullMarked;
