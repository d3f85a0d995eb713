/** {@code holdfast sync}, {@code status} and {@code verify}: a device's store and its server. */
@NullMarked
package io.holdfast.cli.sync;

import org.jspecify.annotations.NullMarked;
