package io.holdfast.core.exchange;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.RegisterAnswer;
import java.util.List;
import java.util.Optional;

/** Decides the registration of a replica: the first of a scope brings the scope into being. Pure. */
record Registration(Caller caller, Entropy entropy) {

    ScopeUpdate<RegisterAnswer> decide(ScopeView view) {
        ScopeHead head =
                view.head().orElseGet(() -> entropy.firstHead(caller.sender().scope()));
        ReplicaRow row = view.replica().orElseGet(this::fresh);
        requireOwner(row, caller.principal());
        ReplicaRow seen = row.seenIn(caller.sender().incarnation(), caller.nowMillis());
        return new ScopeUpdate<>(
                view.head().isPresent() ? Optional.empty() : Optional.of(head),
                Optional.of(seen),
                Optional.empty(),
                List.of(),
                List.of(),
                new RegisterAnswer(caller.sender().request(), head.key(), caller.nowMillis()));
    }

    private ReplicaRow fresh() {
        return new ReplicaRow(
                caller.sender().replica(),
                caller.principal().name(),
                List.of(),
                BatchMark.NONE,
                "",
                0,
                caller.nowMillis());
    }

    /** A replica belongs to whoever registered it. */
    static void requireOwner(ReplicaRow row, Principal principal) {
        if (!row.principal().equals(principal.name())) {
            throw new HoldfastException(
                    ErrorCode.REPLICA_FOREIGN,
                    "This store is registered under another name: use the token it was registered with.");
        }
    }
}
