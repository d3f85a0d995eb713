package io.holdfast.core.exchange;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides an append that no device asked for: a person at the server, or a program there, writes records. Pure over the scope's
 * head and the touched records, so that it stands among the exchanges of the scope like one of them.
 *
 * @param body gets each touched record as it stands and says what to write and what to answer; it may be called again
 */
record ServerHand<T>(
        ServerRules rules,
        Principal principal,
        long nowMillis,
        Function<Function<RecordKey, RecordState>, ServerWork<T>> body) {

    ScopeUpdate<T> decide(ScopeView view) {
        ScopeHead head = view.head()
                .orElseThrow(
                        () -> new HoldfastException(ErrorCode.NOT_FOUND, "There is no such scope: check its name."));
        BatchDecision decision =
                new BatchDecision(rules, Situation.Asker.of(principal, head, "", nowMillis), head, view);
        decision.fold();
        ServerWork<T> work = body.apply(decision::state);
        work.writes().forEach(decision::write);
        work.deletes().forEach(decision::delete);
        Evidence evidence = new Evidence(decision.steps(), Optional.empty(), decision.fates(), nowMillis);
        if (decision.sequence() == head.sequence()) {
            return new ScopeUpdate<>(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    decision.written(),
                    List.of(),
                    evidence,
                    work.answer());
        }
        String chain = Chain.next(head.chain(), decision.sequence(), nowMillis, mark(decision));
        return new ScopeUpdate<>(
                Optional.of(new ScopeHead(
                        head.scope(), head.key(), head.epoch(), decision.sequence(), chain, decision.root())),
                Optional.empty(),
                Optional.of(new ChainLink(decision.sequence(), chain, nowMillis)),
                decision.written(),
                decision.losers(),
                evidence,
                work.answer());
    }

    /** Takes in what other programs wrote; answers with the scope's sequence. A scope that only they know begins here. */
    ScopeUpdate<Long> fold(ScopeView view, String scope, Entropy entropy) {
        if (view.foreign().isEmpty()) {
            return ScopeUpdate.nothing(view.head().map(ScopeHead::sequence).orElse(0L));
        }
        ScopeHead head = view.head().orElseGet(() -> entropy.firstHead(scope));
        ScopeUpdate<T> update =
                decide(new ScopeView(Optional.of(head), view.replica(), view.records(), view.links(), view.foreign()));
        Optional<ScopeHead> next = update.head().or(() -> view.head().isEmpty() ? Optional.of(head) : Optional.empty());
        return new ScopeUpdate<>(
                next,
                update.replica(),
                update.link(),
                update.records(),
                update.losers(),
                update.evidence(),
                next.orElse(head).sequence());
    }

    /** Stands where a batch's hash stands in an exchange: SHA-256 over the digests of what was written, in order. */
    private static BatchMark mark(BatchDecision decision) {
        Sha256 sha = new Sha256();
        decision.written().forEach(record -> sha.bytes(record.digest().bytes()));
        return new BatchMark(0, sha.hex());
    }
}
