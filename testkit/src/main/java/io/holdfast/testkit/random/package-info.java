/** Chance under a seed: random numbers and ids that repeat. */
@NullMarked
package io.holdfast.testkit.random;

import org.jspecify.annotations.NullMarked;
