/** Waiting and processes, as a run takes them from the machine. */
@NullMarked
package io.holdfast.server.run.system;

import org.jspecify.annotations.NullMarked;
