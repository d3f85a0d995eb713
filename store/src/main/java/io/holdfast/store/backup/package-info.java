/** Copies of stores that are taken while they are used, and are restored only when every record of them proves itself. */
@NullMarked
package io.holdfast.store.backup;

import org.jspecify.annotations.NullMarked;
