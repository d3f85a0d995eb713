/** How a server is set up. */
@NullMarked
package io.holdfast.server.config;

import org.jspecify.annotations.NullMarked;
