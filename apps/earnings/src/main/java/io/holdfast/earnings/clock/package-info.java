/** What time it must be, from clocks that anybody may set. Pure. */
@NullMarked
package io.holdfast.earnings.clock;

import org.jspecify.annotations.NullMarked;
