/** State machines: checks of a system under long, generated sequences of actions. */
@NullMarked
package io.holdfast.testkit.stateful;

import org.jspecify.annotations.NullMarked;
