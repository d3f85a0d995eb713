/** What a dashboard shows of runs: rates, gaps, trends, all computed from the journal. */
@NullMarked
package io.holdfast.server.dashboard;

import org.jspecify.annotations.NullMarked;
