/** {@code holdfast source}: sheets that records come from. */
@NullMarked
package io.holdfast.cli.source;

import org.jspecify.annotations.NullMarked;
