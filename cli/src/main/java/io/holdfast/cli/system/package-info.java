/** Where the command touches the system's clock, randomness and environment; nothing else does. */
@NullMarked
package io.holdfast.cli.system;

import org.jspecify.annotations.NullMarked;
