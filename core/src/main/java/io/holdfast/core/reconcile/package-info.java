@NullMarked
package io.holdfast.core.reconcile;

import org.jspecify.annotations.NullMarked;
