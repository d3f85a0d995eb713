@NullMarked
package io.holdfast.server.http.access;

import org.jspecify.annotations.NullMarked;
