@NullMarked
package io.holdfast.store.system;

import org.jspecify.annotations.NullMarked;
