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
        ServerWork<T> work = body.apply(decision::state);
        work.writes().forEach(decision::write);
        work.deletes().forEach(decision::delete);
        if (decision.sequence() == head.sequence()) {
            return ScopeUpdate.nothing(work.answer());
        }
        String chain = Chain.next(head.chain(), decision.sequence(), nowMillis, mark(decision));
        return new ScopeUpdate<>(
                Optional.of(new ScopeHead(
                        head.scope(), head.key(), head.epoch(), decision.sequence(), chain, decision.root())),
                Optional.empty(),
                Optional.of(new ChainLink(decision.sequence(), chain, nowMillis)),
                decision.written(),
                List.of(),
                work.answer());
    }

    /** Stands where a batch's hash stands in an exchange: SHA-256 over the digests of what was written, in order. */
    private static BatchMark mark(BatchDecision decision) {
        Sha256 sha = new Sha256();
        decision.written().forEach(record -> sha.bytes(record.digest().bytes()));
        return new BatchMark(0, sha.hex());
    }
}
