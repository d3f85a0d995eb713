/** {@code holdfast token}: who may talk to a server. */
@NullMarked
package io.holdfast.cli.token;

import org.jspecify.annotations.NullMarked;
