@NullMarked
package io.holdfast.store;

import org.jspecify.annotations.NullMarked;
