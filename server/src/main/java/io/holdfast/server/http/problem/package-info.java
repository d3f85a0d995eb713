/** How failures look on the wire: problem details (RFC 9457). */
@NullMarked
package io.holdfast.server.http.problem;

import org.jspecify.annotations.NullMarked;
