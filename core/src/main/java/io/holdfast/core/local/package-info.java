@NullMarked
package io.holdfast.core.local;

import org.jspecify.annotations.NullMarked;
