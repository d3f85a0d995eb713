/** The journal of runs long past, in files. */
@NullMarked
package io.holdfast.server.archive;

import org.jspecify.annotations.NullMarked;
