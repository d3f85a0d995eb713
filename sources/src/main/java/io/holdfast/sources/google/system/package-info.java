/** What reading over the network needs of the machine. */
@NullMarked
package io.holdfast.sources.google.system;

import org.jspecify.annotations.NullMarked;
