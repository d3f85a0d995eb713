/** Bringing a target to what a source says, record by record or not at all. */
@NullMarked
package io.holdfast.server.run.write;

import org.jspecify.annotations.NullMarked;
