/** What every command shares: the terminal, exit codes, printing of results and errors, progress. */
@NullMarked
package io.holdfast.cli.frame;

import org.jspecify.annotations.NullMarked;
