@NullMarked
package io.holdfast.server.foreign;

import org.jspecify.annotations.NullMarked;
