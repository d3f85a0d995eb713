@NullMarked
package io.holdfast.simulation;

import org.jspecify.annotations.NullMarked;
