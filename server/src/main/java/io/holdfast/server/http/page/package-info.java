/** The status page and the sessions of browsers. */
@NullMarked
package io.holdfast.server.http.page;

import org.jspecify.annotations.NullMarked;
