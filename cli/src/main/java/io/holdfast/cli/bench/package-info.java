/** Figures of this machine, each beside a yardstick or the goal it is held against. */
@NullMarked
package io.holdfast.cli.bench;

import org.jspecify.annotations.NullMarked;
