@NullMarked
package io.holdfast.testkit.random;

import org.jspecify.annotations.NullMarked;
