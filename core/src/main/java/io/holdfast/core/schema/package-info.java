@NullMarked
package io.holdfast.core.schema;

import org.jspecify.annotations.NullMarked;
