/**
 * The part of Holdfast that decides: no I/O, no threads, no clock of its own.
 */
@NullMarked
package io.holdfast.core;

import org.jspecify.annotations.NullMarked;
