/** Exchange, reconcile and storage over HTTP. */
@NullMarked
package io.holdfast.server;

import org.jspecify.annotations.NullMarked;
