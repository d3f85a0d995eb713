/** What a request must satisfy before it reaches an address: names, limits, sign-in. */
@NullMarked
package io.holdfast.server.http.access;

import org.jspecify.annotations.NullMarked;
