@NullMarked
package io.holdfast.server.storage;

import org.jspecify.annotations.NullMarked;
