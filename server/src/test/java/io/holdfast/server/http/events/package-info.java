@NullMarked
package io.holdfast.server.http.events;

import org.jspecify.annotations.NullMarked;
