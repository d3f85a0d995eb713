package io.holdfast.core.protocol;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import java.util.List;
import java.util.Optional;

/**
 * Pushes at most one batch, and pulls what has changed since the cursor.
 *
 * @param earlier some cursors before it, newest first, from which a restored server finds the last common point
 * @param settled the last batch whose answer the sender has
 * @param pageMax most records wanted in the answer
 */
public record ExchangeRequest(
        Sender sender, Cursor cursor, List<Cursor> earlier, BatchMark settled, Optional<Batch> batch, int pageMax) {

    /** Copies. */
    public ExchangeRequest {
        earlier = List.copyOf(earlier);
    }
}
