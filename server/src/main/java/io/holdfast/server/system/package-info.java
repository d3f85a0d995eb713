/** The only place of the server that reads the machine's clocks and entropy. */
@NullMarked
package io.holdfast.server.system;

import org.jspecify.annotations.NullMarked;
