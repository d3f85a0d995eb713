/** Carries messages to a server and brings its answers: the only place of the client that speaks HTTP. */
@NullMarked
package io.holdfast.client.transport;

import org.jspecify.annotations.NullMarked;
