/** What the server owes a user for time that devices claim. Pure; the server decides with it, devices foresee with it. */
@NullMarked
package io.holdfast.earnings.ledger;

import org.jspecify.annotations.NullMarked;
