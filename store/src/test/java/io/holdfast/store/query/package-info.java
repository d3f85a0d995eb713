@NullMarked
package io.holdfast.store.query;

import org.jspecify.annotations.NullMarked;
