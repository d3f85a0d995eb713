/** What people must know of: found after each run and by the clock, kept until it is over, said on the log and by mail. */
@NullMarked
package io.holdfast.server.alerts;

import org.jspecify.annotations.NullMarked;
