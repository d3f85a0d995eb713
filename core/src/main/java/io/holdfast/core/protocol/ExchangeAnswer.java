package io.holdfast.core.protocol;

import io.holdfast.core.identity.Cursor;
import java.util.List;

/** The server's answer to an {@link ExchangeRequest}. */
public sealed interface ExchangeAnswer {

    /** The number of the request this answers. */
    long request();

    /** The server's clock when it answered, milliseconds since 1970. */
    long serverMillis();

    /**
     * The batch, if there was one, is applied; here is what changed.
     *
     * @param results one for each change of the batch, in its order
     * @param changes records that changed after the request's cursor, in the order of their sequences; those of the batch
     *     whose results say all are left out
     * @param cursor where the changes end
     * @param complete whether nothing was left behind {@code cursor}
     * @param fingerprint of the scope at {@code cursor}; empty unless complete
     * @param records live records in the scope; 0 unless complete
     */
    record Applied(
            long request,
            long serverMillis,
            List<ChangeResult> results,
            List<RemoteRecord> changes,
            Cursor cursor,
            boolean complete,
            String fingerprint,
            long records)
            implements ExchangeAnswer {
        /** Copies. */
        public Applied {
            results = List.copyOf(results);
            changes = List.copyOf(changes);
        }
    }

    /** The server knows another history of this replica: the store was restored or cloned. Nothing was applied. */
    record Forked(long request, long serverMillis) implements ExchangeAnswer {}

    /**
     * The server does not know the cursor: it was itself restored. Nothing was applied.
     *
     * @param forkedAt the newest point that both sides know, in the server's present epoch
     */
    record EpochChanged(long request, long serverMillis, Cursor forkedAt) implements ExchangeAnswer {}

    /** The server does not know the replica, or not this opening. Nothing was applied. */
    record Unregistered(long request, long serverMillis) implements ExchangeAnswer {}
}
