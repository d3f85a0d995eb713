@NullMarked
package io.holdfast.earnings.ledger;

import org.jspecify.annotations.NullMarked;
