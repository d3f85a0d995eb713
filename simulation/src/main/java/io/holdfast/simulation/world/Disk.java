package io.holdfast.simulation.world;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import java.util.function.Function;

/** What of a device survives its process: a store, whose transactions may fail. Not thread-safe. */
final class Disk {

    private final Mutants mutants;
    private final Tally tally;
    private InMemoryLocalStorage storage;
    private InMemoryLocalStorage atStart;
    private Fault trouble = Fault.WRITE_ERROR;
    private int troubles;

    Disk(InMemoryLocalStorage storage, Fleet.Model model) {
        this.mutants = model.mutants();
        this.tally = model.tally();
        this.storage = storage;
        this.atStart = storage;
    }

    InMemoryLocalStorage storage() {
        return storage;
    }

    /** Puts another store in the place of this one, as a restored file. */
    void replace(InMemoryLocalStorage other) {
        storage = other;
    }

    void opened() {
        if (mutants.losesAfterCrash()) {
            atStart = storage.copy();
        }
    }

    void died() {
        if (mutants.losesAfterCrash()) {
            storage = atStart;
        }
    }

    /** The next transactions fail. */
    void trouble(Fault fault, int transactions) {
        trouble = fault;
        troubles = transactions;
    }

    /** From now on it works. */
    void mend() {
        troubles = 0;
    }

    /** A transaction. If the disk does not keep it, nothing of it happened. */
    <T> T write(Function<LocalTransaction, T> body) {
        if (troubles == 0) {
            return storage.write(body);
        }
        troubles--;
        tally.effect(trouble);
        return storage.write(transaction -> {
            T undone = body.apply(transaction);
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The disk did not keep " + (undone == null ? "nothing." : "the transaction."));
        });
    }
}
