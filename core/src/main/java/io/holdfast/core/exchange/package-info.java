@NullMarked
package io.holdfast.core.exchange;

import org.jspecify.annotations.NullMarked;
