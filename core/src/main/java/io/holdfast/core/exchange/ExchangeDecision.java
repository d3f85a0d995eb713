package io.holdfast.core.exchange;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides an exchange: is this the replica it says it is, does this server know the history its cursor comes from, and what
 * does its batch come to. Pure over the scope's head and the touched records.
 *
 * @param judged whether touched rows that are damaged were judged already: edits of those that still are, are refused
 */
record ExchangeDecision(Caller caller, ExchangeRequest request, ServerRules rules, Entropy entropy, boolean judged) {

    /** What came of it, before the answer is put together. */
    sealed interface Ruling {
        /** The batch, if any, is applied, now or by an earlier request. */
        record Applied(List<ChangeResult> results, boolean moved) implements Ruling {}

        /** Not the replica it was. */
        record Forked() implements Ruling {}

        /** Not the server it was. */
        record EpochChanged(Cursor forkedAt) implements Ruling {}

        /** Touched rows are not what their digests say: nothing was applied, they are to be judged first. */
        record Damaged(Set<RecordKey> keys) implements Ruling {}

        /** Not known here. */
        record Unregistered() implements Ruling {}
    }

    /** What must be loaded to decide. */
    ScopeView.Touch touch() {
        List<Cursor> heads = new ArrayList<>();
        heads.add(request.cursor().head());
        request.earlier().forEach(cursor -> heads.add(cursor.head()));
        List<RecordKey> touched = new ArrayList<>();
        request.batch()
                .ifPresent(batch -> batch.changes()
                        .forEach(change ->
                                touched.addAll(rules.touches(caller.sender().scope(), change))));
        return new ScopeView.Touch(caller.sender().replica(), touched, heads);
    }

    ScopeUpdate<Ruling> decide(ScopeView view) {
        if (view.head().isEmpty() || view.replica().isEmpty()) {
            return ScopeUpdate.nothing(new Ruling.Unregistered());
        }
        ScopeHead head = view.head().get();
        ReplicaRow row = view.replica().get();
        Registration.requireOwner(row, caller.principal());
        if (!row.incarnations().contains(caller.sender().incarnation())) {
            return ScopeUpdate.nothing(new Ruling.Unregistered());
        }
        if (Epochs.absurd(request.cursor().epoch(), head.epoch())) {
            throw new HoldfastException(
                    ErrorCode.CURSOR_UNKNOWN,
                    "The device's cursor is of an epoch that no server of this scope can have reached: check that the device"
                            + " talks to its own server.");
        }
        if (!known(head, request.cursor(), view.links().getFirst())) {
            return forkedServer(head, lastCommon(head, view));
        }
        boolean knowsLaterEpoch = Epochs.later(request.cursor().epoch(), head.epoch());
        if (knowsLaterEpoch || request.settled().number() > row.last().number()) {
            // It has answers that this server never gave, and results may reach further than the cursor.
            return forkedServer(head, request.cursor());
        }
        return batch(head, row, view);
    }

    /**
     * Whether the server gave this cursor in the history it now holds.
     *
     * @param link the one at the {@linkplain Cursor#head head} it was read under
     */
    static boolean known(ScopeHead head, Cursor cursor, Optional<ChainLink> link) {
        if (cursor.isStart()) {
            return true;
        }
        String chain = link.map(ChainLink::chain).orElse("");
        return cursor.head().sequence() <= head.sequence()
                && cursor.head().chain().equals(chain);
    }

    private Cursor lastCommon(ScopeHead head, ScopeView view) {
        for (int i = 0; i < request.earlier().size(); i++) {
            Cursor cursor = request.earlier().get(i);
            if (known(head, cursor, view.links().get(i + 1))) {
                return cursor;
            }
        }
        return Cursor.START;
    }

    /**
     * The server has lost history that it once gave away: it begins a new epoch, unless it has done so already. A server
     * restored to before an epoch of its own counts on from the one that the device names.
     */
    private ScopeUpdate<Ruling> forkedServer(ScopeHead head, Cursor common) {
        String named = request.cursor().epoch();
        boolean first = request.cursor().isStart() || Epochs.current(named, head.epoch());
        String epoch = first ? Epochs.next(head.epoch(), named, entropy.nextEpoch()) : head.epoch();
        Cursor forkedAt = new Cursor(epoch, common.sequence(), common.chain());
        ScopeHead next = new ScopeHead(head.scope(), head.key(), epoch, head.sequence(), head.chain(), head.root());
        return new ScopeUpdate<>(
                first ? Optional.of(next) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Ruling.EpochChanged(forkedAt));
    }

    private ScopeUpdate<Ruling> batch(ScopeHead head, ReplicaRow row, ScopeView view) {
        if (request.batch().isEmpty()) {
            return request.settled().equals(row.last())
                    ? seen(row, new Ruling.Applied(List.of(), false))
                    : ScopeUpdate.nothing(new Ruling.Forked());
        }
        Batch batch = request.batch().get();
        if (!batch.mark().equals(BatchCodec.mark(batch.previous(), batch.bytes()))) {
            throw new HoldfastException(
                    ErrorCode.BATCH_MALFORMED,
                    "The batch was changed on its way: its hash does not fit. Send it again.");
        }
        if (batch.mark().equals(row.last())) {
            return seen(row, new Ruling.Applied(ExchangeCodec.readResults(row.results()), false));
        }
        return batch.previous().equals(row.last())
                ? apply(head, row, view, batch)
                : ScopeUpdate.nothing(new Ruling.Forked());
    }

    private ScopeUpdate<Ruling> apply(ScopeHead head, ReplicaRow row, ScopeView view, Batch batch) {
        BatchDecision decision = new BatchDecision(rules, caller.asker(head), head, view);
        if (!judged && !decision.damaged().isEmpty()) {
            return ScopeUpdate.nothing(new Ruling.Damaged(decision.damaged()));
        }
        decision.fold();
        List<ChangeResult> results = decision.decide(batch.changes());
        boolean moved = decision.sequence() != head.sequence();
        String chain =
                moved ? Chain.next(head.chain(), decision.sequence(), caller.nowMillis(), batch.mark()) : head.chain();
        ScopeHead next =
                new ScopeHead(head.scope(), head.key(), head.epoch(), decision.sequence(), chain, decision.root());
        return new ScopeUpdate<>(
                moved ? Optional.of(next) : Optional.empty(),
                Optional.of(seenRow(row, batch.mark(), ExchangeCodec.writeResults(slim(results)))),
                moved ? Optional.of(new ChainLink(decision.sequence(), chain, caller.nowMillis())) : Optional.empty(),
                decision.written(),
                decision.losers(),
                new Evidence(decision.steps(), Optional.empty(), decision.fates(), caller.nowMillis()),
                new Ruling.Applied(results, moved));
    }

    private ScopeUpdate<Ruling> seen(ReplicaRow row, Ruling ruling) {
        boolean worthWriting = request.cursor().sequence() != row.sequence()
                || caller.nowMillis() - row.seenAtMillis() >= ReplicaRow.SEEN_EVERY_MILLIS;
        return new ScopeUpdate<>(
                Optional.empty(),
                worthWriting ? Optional.of(seenRow(row, row.last(), row.results())) : Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                ruling);
    }

    private ReplicaRow seenRow(ReplicaRow row, BatchMark last, String results) {
        return new ReplicaRow(
                row.replica(),
                row.principal(),
                row.incarnations(),
                last,
                results,
                request.cursor().sequence(),
                caller.nowMillis());
    }

    /** Results as they are kept: the records they show are read anew when they are asked for again. */
    private static List<ChangeResult> slim(List<ChangeResult> results) {
        return results.stream()
                .<ChangeResult>map(result -> switch (result) {
                    case ChangeResult.Accepted accepted -> accepted;
                    case ChangeResult.Refused refused -> refused;
                    case ChangeResult.Merged merged -> new ChangeResult.Merged(slim(merged.record()));
                    case ChangeResult.Conflict conflict ->
                        new ChangeResult.Conflict(slim(conflict.record()), conflict.lost(), conflict.stood());
                })
                .toList();
    }

    private static RemoteRecord slim(RemoteRecord record) {
        return new RemoteRecord(record.key(), RecordState.ABSENT, record.sequence());
    }
}
