@NullMarked
package io.holdfast.testkit.time;

import org.jspecify.annotations.NullMarked;
