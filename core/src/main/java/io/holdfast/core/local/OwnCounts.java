package io.holdfast.core.local;

import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Sha256;
import java.nio.ByteBuffer;

/** The key under which this opening counts. Stateless. */
final class OwnCounts {

    private OwnCounts() {}

    /**
     * If this opening has counted in a state that is given up here, it counts under another key from now on: somebody else, such as
     * a copy of the store, may still hold the total, and of two totals under one key only the greater would remain. The store
     * registers the new incarnation before its next exchange.
     */
    static void giveUp(LocalTransaction transaction, RecordState state) {
        long mine = transaction.device().identity().incarnation();
        boolean counted = state.cells().values().stream()
                .anyMatch(cell -> cell.value() instanceof CounterValue counter
                        && counter.totals().containsKey(mine));
        if (counted) {
            transaction.device(transaction.device().reopened(successor(transaction)));
        }
    }

    /**
     * Follows from the key before, which no other opening has, and from an order that is given once, so that no two stores ever come
     * to the same.
     */
    private static long successor(LocalTransaction transaction) {
        Sha256 hash = new Sha256()
                .number(transaction.device().identity().incarnation())
                .number(transaction.nextOrder());
        return ByteBuffer.wrap(hash.digest()).getLong();
    }
}
