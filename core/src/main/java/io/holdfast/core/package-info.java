/** The deciding part of Holdfast: pure, without I/O, threads or a clock of its own. */
@NullMarked
package io.holdfast.core;

import org.jspecify.annotations.NullMarked;
