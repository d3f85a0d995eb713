/** {@code holdfast quarantine}: changes that the server refused. */
@NullMarked
package io.holdfast.cli.quarantine;

import org.jspecify.annotations.NullMarked;
