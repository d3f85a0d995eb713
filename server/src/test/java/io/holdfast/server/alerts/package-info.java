@NullMarked
package io.holdfast.server.alerts;

import org.jspecify.annotations.NullMarked;
