/** Gaps between replicas, and who did what about them: the same on a device and on a server. */
@NullMarked
package io.holdfast.core.audit;

import org.jspecify.annotations.NullMarked;
