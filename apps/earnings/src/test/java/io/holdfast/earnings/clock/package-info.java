@NullMarked
package io.holdfast.earnings.clock;

import org.jspecify.annotations.NullMarked;
