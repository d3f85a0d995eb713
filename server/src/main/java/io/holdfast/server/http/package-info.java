/** The server's addresses: what they ask of a request, how they answer it, and the shell that serves them. */
@NullMarked
package io.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
