/** What devices call: registration, exchange, reconciliation. */
@NullMarked
package io.holdfast.server.http.exchange;

import org.jspecify.annotations.NullMarked;
