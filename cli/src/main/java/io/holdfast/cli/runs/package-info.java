/** The commands about runs, whichever process they are in. */
@NullMarked
package io.holdfast.cli.runs;

import org.jspecify.annotations.NullMarked;
