@NullMarked
package io.holdfast.server.scrub;

import org.jspecify.annotations.NullMarked;
