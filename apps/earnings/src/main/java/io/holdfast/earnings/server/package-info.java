/** The server's side: what devices claim is decided in the append that brings it, and people decide the rest. */
@NullMarked
package io.holdfast.earnings.server;

import org.jspecify.annotations.NullMarked;
