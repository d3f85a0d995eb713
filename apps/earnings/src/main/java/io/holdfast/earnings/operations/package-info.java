/** What was done and what went wrong, in a log that only grows, and the figures that follow from it. */
@NullMarked
package io.holdfast.earnings.operations;

import org.jspecify.annotations.NullMarked;
