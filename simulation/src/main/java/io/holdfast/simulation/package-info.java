/** Whole worlds of devices, server, network and disk under one seed. */
@NullMarked
package io.holdfast.simulation;

import org.jspecify.annotations.NullMarked;
