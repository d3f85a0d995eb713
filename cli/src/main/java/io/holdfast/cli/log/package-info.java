/** Logging of the process: what a line looks like, and where it goes. */
@NullMarked
package io.holdfast.cli.log;

import org.jspecify.annotations.NullMarked;
