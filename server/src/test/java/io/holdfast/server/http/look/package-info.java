@NullMarked
package io.holdfast.server.http.look;

import org.jspecify.annotations.NullMarked;
