@NullMarked
package io.holdfast.server.dashboard;

import org.jspecify.annotations.NullMarked;
