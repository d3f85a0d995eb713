/** Seeds, generators and simulated surroundings for tests. */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
