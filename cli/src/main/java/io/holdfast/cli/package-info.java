/** The {@code holdfast} command: the composition root, which nothing else depends on. */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
