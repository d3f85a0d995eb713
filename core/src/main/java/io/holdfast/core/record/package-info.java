@NullMarked
package io.holdfast.core.record;

import org.jspecify.annotations.NullMarked;
