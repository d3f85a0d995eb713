package io.holdfast.core.local;

/**
 * The outcome of one comparison of this replica's records with the server's, or with their own digests.
 *
 * @param equal whether every record compared equal
 * @param atMillis when, milliseconds since 1970 of the local clock
 * @param records how many records were compared
 * @param sequence the server's sequence the comparison was made at
 */
public record Proof(Level level, boolean equal, long atMillis, long records, long sequence) {

    /** How much a proof looks at. */
    public enum Level {
        /** The sums of the stored digests, after every exchange. */
        L0,
        /** Every row of this store against its stored digest. */
        L1,
        /** The actual rows of both sides, under a fresh nonce. */
        L2
    }
}
