/** What is done by the clock, once across all processes of a database. */
@NullMarked
package io.holdfast.server.schedule;

import org.jspecify.annotations.NullMarked;
