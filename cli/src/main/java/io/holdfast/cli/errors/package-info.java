/** {@code holdfast errors}: what the error codes mean. */
@NullMarked
package io.holdfast.cli.errors;

import org.jspecify.annotations.NullMarked;
