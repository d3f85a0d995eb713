@NullMarked
package io.holdfast.testkit.stateful;

import org.jspecify.annotations.NullMarked;
