/** The embedded record store on SQLite. */
@NullMarked
package io.holdfast.store;

import org.jspecify.annotations.NullMarked;
