@NullMarked
package io.holdfast.earnings;

import org.jspecify.annotations.NullMarked;
