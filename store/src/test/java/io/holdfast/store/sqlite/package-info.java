@NullMarked
package io.holdfast.store.sqlite;

import org.jspecify.annotations.NullMarked;
