@NullMarked
package io.holdfast.core.identity;

import org.jspecify.annotations.NullMarked;
