/** Where the store touches the system's clock and randomness; nothing else does. */
@NullMarked
package io.holdfast.store.system;

import org.jspecify.annotations.NullMarked;
