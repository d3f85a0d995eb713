/** What applications bring to a server beside a schema. */
@NullMarked
package io.holdfast.server.http.app;

import org.jspecify.annotations.NullMarked;
