package io.holdfast.core.exchange;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.value.Sha256;

/**
 * The chain over a scope's appends: the first 16 bytes of SHA-256 over the chain before (its hexadecimal digits), the new
 * sequence (8 bytes big-endian), the time of the append (milliseconds since 1970, 8 bytes big-endian) and the hash of the
 * batch (its hexadecimal digits). A restored server that is offered a batch again may decide it otherwise: the time tells
 * the two appends apart.
 */
final class Chain {

    private static final int BYTES = 16;

    private Chain() {}

    static String next(String chain, long sequence, long atMillis, BatchMark batch) {
        return new Sha256()
                .text(chain)
                .number(sequence)
                .number(atMillis)
                .text(batch.hash())
                .hex(BYTES);
    }
}
