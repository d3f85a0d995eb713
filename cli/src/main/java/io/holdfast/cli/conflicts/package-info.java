/** {@code holdfast conflicts}: values of this device that lost to others. */
@NullMarked
package io.holdfast.cli.conflicts;

import org.jspecify.annotations.NullMarked;
