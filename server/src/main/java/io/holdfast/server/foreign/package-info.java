/** Takes into their records what other programs write to the typed tables. */
@NullMarked
package io.holdfast.server.foreign;

import org.jspecify.annotations.NullMarked;
