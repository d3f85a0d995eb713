/** The listening side: sockets, TLS, the limits of HTTP itself. */
@NullMarked
package io.holdfast.server.http.jetty;

import org.jspecify.annotations.NullMarked;
