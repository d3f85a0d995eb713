package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the server keeps scopes: the port under every exchange. Thread-safe; appends of one scope run one after the other,
 * those of different scopes side by side where the engine can.
 *
 * <p>Failures are {@link io.holdfast.core.error.HoldfastException}s: DATABASE_UNREACHABLE, UNAVAILABLE, STORE_FULL.
 */
public interface ServerStorage extends AutoCloseable {

    /**
     * The one writing step. Loads what {@code touch} names under the scope's lock, lets {@code decide} decide, writes its
     * update, and returns its answer once everything is durable. {@code decide} is pure and may be called again if the
     * engine has to repeat the transaction.
     */
    <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide);

    /**
     * As {@link #append}, but {@code decide} may look at the whole scope, which stands still meanwhile: keep it short.
     */
    <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide);

    /** Reads one consistent state of a scope. */
    <T> T snapshot(String scope, Function<ScopeSnapshot, T> body);

    /**
     * Names of the scopes that exist, ascending by their UTF-8 bytes.
     *
     * @param after only names after this one; empty for the first
     * @param limit at most so many
     */
    List<String> scopes(String after, int limit);

    /**
     * Live records of one collection over all scopes, ascending by the UTF-8 bytes of scope and id: for people who look over
     * everybody's records, not for exchanges. What is read of one scope is of one moment.
     *
     * @param matches must all hold
     * @param after only records after this one
     * @param limit at most so many
     */
    default List<PlacedRecord> everywhere(String collection, List<TextMatch> matches, Place after, int limit) {
        return Everywhere.walk(this, new Everywhere(collection, matches), after, limit);
    }

    /**
     * Records that other programs wrote and no append has taken in yet, the longest waiting first: whoever touches them takes them
     * in. None, if nobody can write past the storage.
     *
     * @param after only what was noted after this one, as {@link ForeignWaiting#last} has it; 0 for all
     * @param limit at most so many
     */
    default ForeignWaiting foreign(long after, int limit) {
        return ForeignWaiting.NONE;
    }

    /** The longest waiting of {@link #foreign(long, int)}, by scope. */
    default Map<String, List<RecordKey>> foreign(int limit) {
        return foreign(0, limit).records();
    }

    @Override
    void close();
}
