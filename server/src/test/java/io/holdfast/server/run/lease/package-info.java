/** Tests of one run of a target at a time. */
@NullMarked
package io.holdfast.server.run.lease;

import org.jspecify.annotations.NullMarked;
