@NullMarked
package io.holdfast.earnings.amount;

import org.jspecify.annotations.NullMarked;
