/** A simulated network: seeded loss, delay, duplication, reordering, partition and truncation. */
@NullMarked
package io.holdfast.testkit.network;

import org.jspecify.annotations.NullMarked;
