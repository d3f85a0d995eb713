@NullMarked
package io.holdfast.core.value;

import org.jspecify.annotations.NullMarked;
