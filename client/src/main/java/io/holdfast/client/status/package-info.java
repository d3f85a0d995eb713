/** Tells user interfaces what has changed, at their own pace. */
@NullMarked
package io.holdfast.client.status;

import org.jspecify.annotations.NullMarked;
