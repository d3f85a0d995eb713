@NullMarked
package io.holdfast.core.error;

import org.jspecify.annotations.NullMarked;
