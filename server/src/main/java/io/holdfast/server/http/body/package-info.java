/** Bodies on the wire: limits, compression, and memory. */
@NullMarked
package io.holdfast.server.http.body;

import org.jspecify.annotations.NullMarked;
