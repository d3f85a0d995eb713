/** Earnings of a mining application: what a user sees on any of his devices, and how it gets there. */
@NullMarked
package io.holdfast.earnings;

import org.jspecify.annotations.NullMarked;
