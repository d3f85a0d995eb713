/** The server's look at its own rows, in the background and within a bound. */
@NullMarked
package io.holdfast.server.scrub;

import org.jspecify.annotations.NullMarked;
