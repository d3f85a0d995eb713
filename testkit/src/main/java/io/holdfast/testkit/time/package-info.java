/** Time under control: clocks that are set by hand and a timeline of events. */
@NullMarked
package io.holdfast.testkit.time;

import org.jspecify.annotations.NullMarked;
