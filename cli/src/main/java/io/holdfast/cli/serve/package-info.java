/** {@code holdfast serve}: the server, put together from its parts. */
@NullMarked
package io.holdfast.cli.serve;

import org.jspecify.annotations.NullMarked;
