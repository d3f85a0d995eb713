@NullMarked
package io.holdfast.core.change;

import org.jspecify.annotations.NullMarked;
