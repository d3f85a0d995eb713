@NullMarked
package io.holdfast.testkit.property;

import org.jspecify.annotations.NullMarked;
