/** Connects a store to a server. */
@NullMarked
package io.holdfast.client;

import org.jspecify.annotations.NullMarked;
