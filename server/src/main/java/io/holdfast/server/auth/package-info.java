/** Who may do what: tokens, their storage, and the check of a request. */
@NullMarked
package io.holdfast.server.auth;

import org.jspecify.annotations.NullMarked;
