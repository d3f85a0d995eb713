package io.holdfast.core.local;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at every confirmed row of this store and compares it with its stored digest (proof level L1). Finds what changed
 * behind the store's back: flipped bits, rows edited or deleted by other programs. Not thread-safe.
 */
public final class Scrub {

    private final LocalTransaction transaction;
    private final Layers layers;

    /** A scrub in one transaction. */
    public Scrub(Schema schema, LocalTransaction transaction) {
        this.transaction = transaction;
        this.layers = new Layers(schema, transaction);
    }

    /**
     * Compares every row. A store that never registered has no digests yet, and nothing to compare.
     *
     * @param repair whether a damaged row's digest becomes what the row now says, so that the next exchange finds the
     *     difference and the server's record replaces the row
     * @return the damaged records
     */
    public List<RecordKey> run(boolean repair, long nowMillis) {
        Optional<ScopeKey> key = transaction.device().identity().scopeKey();
        List<RecordKey> damaged = new ArrayList<>();
        if (key.isEmpty()) {
            return damaged;
        }
        RowCheck check = RowCheck.of(transaction, key.get(), (record, actual) -> {
            damaged.add(record.key());
            if (repair) {
                layers.save(
                        record, record.withConfirmed(record.confirmed(), record.sequence(), actual, record.bucket()));
            }
        });
        DeviceState device = transaction.device();
        boolean equal = damaged.isEmpty() && check.sum().equals(transaction.root());
        if (repair) {
            transaction.root(check.sum());
        }
        transaction.device(device.with(new Proof(
                Proof.Level.L1,
                equal,
                nowMillis,
                check.records(),
                device.progress().cursor().sequence())));
        return damaged;
    }
}
