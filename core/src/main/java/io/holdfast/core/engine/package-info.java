@NullMarked
package io.holdfast.core.engine;

import org.jspecify.annotations.NullMarked;
