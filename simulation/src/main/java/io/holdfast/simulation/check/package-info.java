/** What must hold in every world. Each checker says what it verifies, and what it does not. */
@NullMarked
package io.holdfast.simulation.check;

import org.jspecify.annotations.NullMarked;
