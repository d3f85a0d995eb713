package io.holdfast.core.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What a decision changes, all in one transaction; absent and empty parts change nothing.
 *
 * @param records to insert or replace, in the order of their new sequences
 * @param evidence to write down beside it
 * @param answer what the decider wants back once the update is durable
 */
public record ScopeUpdate<T>(
        Optional<ScopeHead> head,
        Optional<ReplicaRow> replica,
        Optional<ChainLink> link,
        List<ServerRecord> records,
        List<Loser> losers,
        Evidence evidence,
        T answer) {

    /** Copies. */
    public ScopeUpdate {
        records = List.copyOf(records);
        losers = List.copyOf(losers);
    }

    /** With nothing to write down beside it. */
    public ScopeUpdate(
            Optional<ScopeHead> head,
            Optional<ReplicaRow> replica,
            Optional<ChainLink> link,
            List<ServerRecord> records,
            List<Loser> losers,
            T answer) {
        this(head, replica, link, records, losers, Evidence.NONE, answer);
    }

    /** The same, with something to write down beside it. */
    public ScopeUpdate<T> with(Evidence more) {
        return new ScopeUpdate<>(head, replica, link, records, losers, more, answer);
    }

    /** Changes nothing. */
    public static <T> ScopeUpdate<T> nothing(T answer) {
        return new ScopeUpdate<>(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), answer);
    }
}
