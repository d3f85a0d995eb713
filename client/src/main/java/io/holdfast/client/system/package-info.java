/** The only place of the client that reads the machine's clocks and entropy, and that starts threads. */
@NullMarked
package io.holdfast.client.system;

import org.jspecify.annotations.NullMarked;
