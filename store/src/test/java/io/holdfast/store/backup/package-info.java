@NullMarked
package io.holdfast.store.backup;

import org.jspecify.annotations.NullMarked;
