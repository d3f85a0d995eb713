/** A device's storage that lives in memory: for tests, for the simulation, and for replicas that need no disk. */
@NullMarked
package io.holdfast.core.local.memory;

import org.jspecify.annotations.NullMarked;
