package io.holdfast.server.storage.sql;

/**
 * One database, its metadata tables migrated. Thread-safe.
 *
 * <p>Failures are {@link io.holdfast.core.error.HoldfastException}s: DATABASE_UNREACHABLE if it does not answer,
 * UNAVAILABLE if it broke off or is overloaded, STORE_FULL if it has no space left.
 */
public interface Database extends AutoCloseable {

    /** Does the work in one transaction that may write, and returns once it is durable. Exceptions of the work undo it. */
    <T> T write(Work<T> work);

    /**
     * As {@link #write(Work)}, for work that holds the scope's row from its beginning: what waits for one scope must not keep others
     * waiting.
     */
    default <T> T write(String scope, Work<T> work) {
        return write(work);
    }

    /** Does the work over one consistent state. */
    <T> T read(Work<T> work);

    /** Tells other processes on this database that a scope has reached a sequence, if there is a way to; never waits. */
    void announce(String scope, long sequence);

    /** Hears from now on what processes on this database announce, this one included, if there is a way to. */
    void listen(MoveListener listener);

    @Override
    void close();
}
