/** Tests of a server with the application of sellers. */
@NullMarked
package io.holdfast.cli.sellers;

import org.jspecify.annotations.NullMarked;
