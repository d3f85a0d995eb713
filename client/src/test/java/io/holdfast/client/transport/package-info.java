@NullMarked
package io.holdfast.client.transport;

import org.jspecify.annotations.NullMarked;
