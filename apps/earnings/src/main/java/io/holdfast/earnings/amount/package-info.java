/** Exact money over exact time: coins, spans of time, rates, and what they come to. Pure. */
@NullMarked
package io.holdfast.earnings.amount;

import org.jspecify.annotations.NullMarked;
