/** {@code holdfast device}, and what every command on a device's store shares. */
@NullMarked
package io.holdfast.cli.device;

import org.jspecify.annotations.NullMarked;
