@NullMarked
package io.holdfast.client.status;

import org.jspecify.annotations.NullMarked;
