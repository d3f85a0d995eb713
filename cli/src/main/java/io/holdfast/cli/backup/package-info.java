/** {@code holdfast backup}: copies of stores and of embedded servers. */
@NullMarked
package io.holdfast.cli.backup;

import org.jspecify.annotations.NullMarked;
