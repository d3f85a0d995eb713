/** {@code holdfast demo}: a server and three devices in one process, and everything that goes wrong on devices. */
@NullMarked
package io.holdfast.cli.demo;

import org.jspecify.annotations.NullMarked;
