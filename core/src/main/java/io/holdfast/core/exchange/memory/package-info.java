/** Scopes kept in memory: the server's storage of tests and simulations, and the plainest statement of its contract. */
@NullMarked
package io.holdfast.core.exchange.memory;

import org.jspecify.annotations.NullMarked;
