@NullMarked
package io.holdfast.earnings.record;

import org.jspecify.annotations.NullMarked;
