package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordGens;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Generators of every message, with every part present in some and, if it may be, absent in others. */
final class MessageGens {

    private static final Gen<String> WORDS = Gens.texts(0, 6);
    private static final Gen<String> NAMES = Gens.texts(1, 6);
    private static final Gen<Long> SEQUENCES = Gens.longs(0, Long.MAX_VALUE);

    private MessageGens() {}

    static Gen<Sender> senders() {
        Gen<SchemaRef> schemas = Gens.zip(WORDS, Gens.ints(), WORDS, SchemaRef::new);
        return choices -> new Sender(
                Gens.ints().next(choices),
                Gens.longs().next(choices),
                NAMES.next(choices),
                NAMES.next(choices),
                Gens.longs().next(choices),
                schemas.next(choices));
    }

    static Gen<Cursor> cursors() {
        return Gens.zip(WORDS, SEQUENCES, WORDS, Cursor::new);
    }

    static Gen<BatchMark> marks() {
        return Gens.zip(Gens.longs(), WORDS, BatchMark::new);
    }

    static Gen<Change> changes() {
        Gen<SortedMap<String, Stamp>> bases =
                Gens.maps(NAMES, RecordGens.stamps(), 0, 2).map(TreeMap::new);
        return choices -> new Change(
                RecordGens.keys().next(choices),
                RecordGens.states().next(choices),
                Gens.<Long>oneOf(Gens.constant(0L), SEQUENCES).next(choices),
                bases.next(choices),
                Gens.<Long>oneOf(Gens.constant(0L), SEQUENCES).next(choices),
                Gens.pick(Change.Kind.values()).next(choices));
    }

    static Gen<RemoteRecord> records() {
        return Gens.zip(RecordGens.keys(), RecordGens.states(), SEQUENCES, RemoteRecord::new);
    }

    static Gen<ChangeResult> results() {
        Gen<RemoteRecord> bare =
                records().map(record -> new RemoteRecord(record.key(), RecordState.ABSENT, record.sequence()));
        Gen<RemoteRecord> shown = Gens.oneOf(records(), bare);
        return Gens.<ChangeResult>oneOf(
                SEQUENCES.map(ChangeResult.Accepted::new),
                shown.map(ChangeResult.Merged::new),
                Gens.zip(shown, WORDS.list(0, 2), Gens.booleans(), ChangeResult.Conflict::new),
                Gens.zip(Gens.pick(ErrorCode.values()), WORDS, WORDS, ChangeResult.Refused::new));
    }

    static Gen<RegisterRequest> registerRequests() {
        return senders().map(RegisterRequest::new);
    }

    static Gen<RegisterAnswer> registerAnswers() {
        Gen<ScopeKey> keys = Gens.bytes(ScopeKey.LENGTH, ScopeKey.LENGTH).map(ScopeKey::new);
        return Gens.zip(Gens.longs(), keys, Gens.longs(), RegisterAnswer::new);
    }

    static Gen<Batch> batches() {
        return Gens.zip(
                marks(),
                marks(),
                changes().list(0, 3),
                (mark, previous, changes) -> new Batch(mark, previous, BatchCodec.encode(changes), changes));
    }

    static Gen<ExchangeRequest> exchangeRequests() {
        return choices -> new ExchangeRequest(
                senders().next(choices),
                cursors().next(choices),
                cursors().list(0, 2).next(choices),
                marks().next(choices),
                batches().optional().next(choices),
                Gens.ints().next(choices));
    }

    static Gen<ExchangeAnswer> exchangeAnswers() {
        Gen<ExchangeAnswer> applied = choices -> {
            boolean complete = Gens.booleans().next(choices);
            return new ExchangeAnswer.Applied(
                    Gens.longs().next(choices),
                    Gens.longs().next(choices),
                    results().list(0, 3).next(choices),
                    records().list(0, 3).next(choices),
                    cursors().next(choices),
                    complete,
                    complete ? WORDS.next(choices) : "",
                    complete ? SEQUENCES.next(choices) : 0);
        };
        return Gens.<ExchangeAnswer>oneOf(
                Gens.zip(Gens.longs(), Gens.longs(), ExchangeAnswer.Forked::new),
                Gens.zip(Gens.longs(), Gens.longs(), ExchangeAnswer.Unregistered::new),
                Gens.zip(Gens.longs(), Gens.longs(), cursors(), ExchangeAnswer.EpochChanged::new),
                applied);
    }

    static Gen<ReconcileRequest> reconcileRequests() {
        Gen<Map<RecordKey, Digest>> held = Gens.maps(RecordGens.keys(), digests(), 0, 2);
        Gen<ReconcileRequest.Question> leaves = Gens.maps(Gens.ints(0, Buckets.COUNT - 1), held, 0, 2)
                .map(map -> new ReconcileRequest.Question.Leaves(new TreeMap<>(map)));
        Gen<ReconcileRequest.Question> nodes = sums().map(ReconcileRequest.Question.Nodes::new);
        return Gens.zip(
                senders(),
                cursors(),
                WORDS,
                Gens.<ReconcileRequest.Question>oneOf(leaves, nodes),
                ReconcileRequest::new);
    }

    static Gen<ReconcileAnswer> reconcileAnswers() {
        Gen<ReconcileAnswer.Reply> nodes = Gens.zip(
                Gens.maps(Gens.ints(0, Buckets.FAN_OUT - 1), sums(), 0, 2),
                SEQUENCES,
                (leaves, records) -> new ReconcileAnswer.Reply.Nodes(new TreeMap<>(leaves), records));
        Gen<ReconcileAnswer.Reply> leaves =
                Gens.zip(records().list(0, 2), RecordGens.keys().list(0, 2), ReconcileAnswer.Reply.Leaves::new);
        Gen<ReconcileAnswer.Reply> replies =
                Gens.<ReconcileAnswer.Reply>oneOf(Gens.constant(new ReconcileAnswer.Reply.Behind()), leaves, nodes);
        return choices -> new ReconcileAnswer(
                Gens.longs().next(choices),
                Gens.longs().next(choices),
                records().list(0, 2).next(choices),
                cursors().next(choices),
                replies.next(choices));
    }

    private static Gen<Digest> digests() {
        return Gens.zip(Gens.longs(), Gens.longs(), Gens.longs(), Gens.longs(), Digest::new);
    }

    /** The sums of a node; most are empty, as most leaves are. */
    private static Gen<List<DigestSum>> sums() {
        Gen<DigestSum> sums = Gens.zip(
                digests(), Gens.longs(), (sum, count) -> new DigestSum(sum.w3(), sum.w2(), sum.w1(), sum.w0(), count));
        return Gens.zip(sums, Gens.ints(0, Buckets.FAN_OUT - 1), (sum, at) -> {
            List<DigestSum> all = new java.util.ArrayList<>(Collections.nCopies(Buckets.FAN_OUT, DigestSum.ZERO));
            all.set(at, sum);
            return all;
        });
    }
}
