@NullMarked
package io.holdfast.server.archive;

import org.jspecify.annotations.NullMarked;
