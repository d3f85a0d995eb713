/** One run of a target at a time, whichever process it is in. */
@NullMarked
package io.holdfast.server.run.lease;

import org.jspecify.annotations.NullMarked;
