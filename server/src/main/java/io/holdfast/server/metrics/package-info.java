/** What the server counts and times. */
@NullMarked
package io.holdfast.server.metrics;

import org.jspecify.annotations.NullMarked;
