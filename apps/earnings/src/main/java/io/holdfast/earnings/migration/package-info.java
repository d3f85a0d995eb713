/** Takes over the table of an application from before Holdfast, and keeps its callers working meanwhile. */
@NullMarked
package io.holdfast.earnings.migration;

import org.jspecify.annotations.NullMarked;
