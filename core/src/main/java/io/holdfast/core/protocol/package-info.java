@NullMarked
package io.holdfast.core.protocol;

import org.jspecify.annotations.NullMarked;
