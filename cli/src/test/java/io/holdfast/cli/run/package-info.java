/** Runs the command in tests. */
@NullMarked
package io.holdfast.cli.run;

import org.jspecify.annotations.NullMarked;
