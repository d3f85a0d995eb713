@NullMarked
package io.holdfast.server.auth;

import org.jspecify.annotations.NullMarked;
