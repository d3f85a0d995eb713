@NullMarked
package io.holdfast.testkit.gen;

import org.jspecify.annotations.NullMarked;
