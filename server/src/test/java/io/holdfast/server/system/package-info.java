@NullMarked
package io.holdfast.server.system;

import org.jspecify.annotations.NullMarked;
