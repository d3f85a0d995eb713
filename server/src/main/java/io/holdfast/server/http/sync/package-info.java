/** Runs, their journal, alerts and settings over HTTP. */
@NullMarked
package io.holdfast.server.http.sync;

import org.jspecify.annotations.NullMarked;
