@NullMarked
package io.holdfast.core.stamp;

import org.jspecify.annotations.NullMarked;
