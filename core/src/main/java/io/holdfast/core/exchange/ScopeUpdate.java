package io.holdfast.core.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What a decision changes, all in one transaction; absent and empty parts change nothing.
 *
 * @param records to insert or replace, in the order of their new sequences
 * @param answer what the decider wants back once the update is durable
 */
public record ScopeUpdate<T>(
        Optional<ScopeHead> head,
        Optional<ReplicaRow> replica,
        Optional<ChainLink> link,
        List<ServerRecord> records,
        List<Loser> losers,
        T answer) {

    /** Copies. */
    public ScopeUpdate {
        records = List.copyOf(records);
        losers = List.copyOf(losers);
    }

    /** Changes nothing. */
    public static <T> ScopeUpdate<T> nothing(T answer) {
        return new ScopeUpdate<>(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), answer);
    }
}
