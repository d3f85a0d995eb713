package io.holdfast.simulation.world;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.schema.Schema;
import java.util.OptionalInt;
import java.util.function.Function;

/** What of a device survives its process: a store, whose transactions may fail. Not thread-safe. */
final class Disk {

    private static final int CALLS_APART = 5;

    private final Mutants mutants;
    private final Tally tally;
    private DeviceStore storage;
    private DeviceStore atStart;
    private Step.Misfortune trouble = new Step.Misfortune(Fault.WRITE_ERROR, 0, 0, 0);
    private OptionalInt downMillis = OptionalInt.empty();
    private int troubles;

    Disk(DeviceStore storage, Fleet.Model model) {
        this.mutants = model.mutants();
        this.tally = model.tally();
        this.storage = storage;
        this.atStart = storage;
    }

    DeviceStore storage() {
        return storage;
    }

    /** Puts another store in the place of this one, as a restored file. */
    void replace(DeviceStore other) {
        storage.close();
        storage = other;
    }

    /** A process opens the store under its schema. */
    void open(Schema schema) {
        storage = storage.reopened(schema);
    }

    void opened() {
        if (mutants.losesAfterCrash()) {
            atStart = storage.copy();
        }
    }

    void died() {
        if (mutants.losesAfterCrash()) {
            storage = atStart.copy();
        }
    }

    /** The next transactions fail, each at another call. */
    void trouble(Step.Misfortune misfortune) {
        trouble = misfortune;
        troubles = 1 + misfortune.count() / 3;
    }

    /** From now on it works. */
    void mend() {
        troubles = 0;
    }

    /** Whether power was lost in the transaction that failed last; how long the device then stays down, in milliseconds. */
    OptionalInt powerLost() {
        OptionalInt lost = downMillis;
        downMillis = OptionalInt.empty();
        return lost;
    }

    /** A transaction. If the disk does not keep it, nothing of it happened. */
    <T> T write(Function<LocalTransaction, T> body) {
        if (troubles == 0) {
            return storage.write(body);
        }
        troubles--;
        try {
            return storage.write(transaction -> failing(body, transaction));
        } catch (HoldfastException refused) {
            tally.effect(trouble.fault());
            if (trouble.fault() == Fault.TORN_WRITE) {
                downMillis = OptionalInt.of((int) trouble.millis());
            }
            throw refused;
        }
    }

    private <T> T failing(Function<LocalTransaction, T> body, LocalTransaction transaction) {
        if (trouble.fault() == Fault.WRITE_ERROR) {
            T unused = body.apply(transaction);
            throw FailingTransaction.failure(Fault.WRITE_ERROR);
        }
        int call = trouble.count() + troubles * CALLS_APART;
        return body.apply(new FailingTransaction(transaction, trouble.fault(), call));
    }
}
