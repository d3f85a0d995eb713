/** One world: devices, a server, a network and clocks on one timeline, and what happens to them. */
@NullMarked
package io.holdfast.simulation.world;

import org.jspecify.annotations.NullMarked;
