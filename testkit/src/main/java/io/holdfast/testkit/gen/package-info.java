/** Generators: values built from a recorded sequence of choices, so that any of them can be replayed and shrunk. */
@NullMarked
package io.holdfast.testkit.gen;

import org.jspecify.annotations.NullMarked;
