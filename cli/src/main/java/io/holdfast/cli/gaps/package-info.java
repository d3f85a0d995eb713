/** {@code holdfast gaps}: records that a proof found to be otherwise than they should be. */
@NullMarked
package io.holdfast.cli.gaps;

import org.jspecify.annotations.NullMarked;
