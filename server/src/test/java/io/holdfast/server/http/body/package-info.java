@NullMarked
package io.holdfast.server.http.body;

import org.jspecify.annotations.NullMarked;
