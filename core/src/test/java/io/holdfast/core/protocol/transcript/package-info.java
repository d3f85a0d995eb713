/** Recorded conversations of each protocol version, which replay for ever. */
@NullMarked
package io.holdfast.core.protocol.transcript;

import org.jspecify.annotations.NullMarked;
