/** Networks that do harm: a simulated one on virtual time, and a real one between real programs. */
@NullMarked
package io.holdfast.testkit.network;

import org.jspecify.annotations.NullMarked;
