package io.holdfast.core.local;

import java.util.function.Function;

/**
 * Where a device keeps its records and itself: the port under every local operation. Implementations are thread-safe;
 * writing transactions run one after the other.
 */
public interface LocalStorage {

    /**
     * Runs the body in one transaction and returns once it is durable. If the body or the commit fails, nothing of it
     * happened.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_FULL, STORE_IO, STORE_DAMAGED, STORE_CLOSED
     */
    <T> T write(Function<LocalTransaction, T> body);

    /** Runs the body over one consistent state of the store. Its writing calls throw {@link IllegalStateException}. */
    <T> T read(Function<LocalTransaction, T> body);

    /**
     * Looks whether what the storage keeps its records in is sound, after something that cannot be: it may have been changed
     * from outside. May take as long as reading all of it.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_DAMAGED
     */
    default void requireSound() {}
}
