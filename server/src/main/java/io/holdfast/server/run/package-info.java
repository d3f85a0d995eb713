/**
 * Runs: from a source to a collection of a scope, in the phases FETCH, COMPARE, UPDATE, VERIFY. {@link io.holdfast.server.run.Runs}
 * is where they begin.
 */
@NullMarked
package io.holdfast.server.run;

import org.jspecify.annotations.NullMarked;
