package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers one question of a reconciliation from one snapshot. */
final class Reconciliation {

    /** Records looked up at a time. */
    private static final int LOOKUP = 500;

    private static final int NONCE_DIGITS_MIN = 32;
    private static final int NONCE_DIGITS_MAX = 128;

    private final ScopeSnapshot snapshot;
    private final ReconcileRequest request;
    private final long nowMillis;
    private final ScopeHead head;
    private boolean rootWrong;

    Reconciliation(ScopeSnapshot snapshot, ReconcileRequest request, long nowMillis) {
        this.snapshot = snapshot;
        this.request = request;
        this.nowMillis = nowMillis;
        this.head = ScopeServer.head(snapshot);
        int digits = request.nonce().length();
        if (digits != 0 && (digits < NONCE_DIGITS_MIN || digits > NONCE_DIGITS_MAX)) {
            throw new HoldfastException(
                    ErrorCode.REQUEST_INVALID,
                    "A challenge has " + NONCE_DIGITS_MIN + " to " + NONCE_DIGITS_MAX + " hexadecimal digits.");
        }
    }

    ReconcileAnswer answer() {
        boolean known = ExchangeDecision.known(
                head, request.cursor(), snapshot.link(request.cursor().head()));
        if (!known) {
            return answer(List.of(), new ReconcileAnswer.Reply.Behind());
        }
        Page page = Page.read(snapshot, head, request.cursor(), Page.Size.WHOLE);
        if (!page.complete()) {
            return answer(List.of(), new ReconcileAnswer.Reply.Behind());
        }
        return answer(
                page.changes(),
                switch (request.question()) {
                    case ReconcileRequest.Question.Nodes nodes -> nodes(nodes.sums());
                    case ReconcileRequest.Question.Leaves leaves -> leaves(leaves.leaves());
                });
    }

    /** Whether the answer showed that the stored sum is not that of the stored digests. */
    boolean rootWrong() {
        return rootWrong;
    }

    private ReconcileAnswer answer(List<RemoteRecord> changes, ReconcileAnswer.Reply reply) {
        return new ReconcileAnswer(
                request.sender().request(),
                nowMillis,
                changes,
                new io.holdfast.core.identity.Cursor(head.epoch(), head.sequence(), head.chain()),
                reply);
    }

    private ReconcileAnswer.Reply nodes(List<DigestSum> theirs) {
        Buckets buckets = new Buckets();
        visit((key, bucket, digest) -> buckets.add(bucket, digest));
        rootWrong = request.nonce().isEmpty() && !buckets.root().equals(head.root());
        SortedMap<Integer, List<DigestSum>> differing = new TreeMap<>();
        for (int node = 0; node < Buckets.FAN_OUT; node++) {
            if (!buckets.node(node).equals(theirs.get(node))) {
                List<DigestSum> leaves = new ArrayList<>(Buckets.FAN_OUT);
                for (int leaf = 0; leaf < Buckets.FAN_OUT; leaf++) {
                    leaves.add(buckets.leaf(node * Buckets.FAN_OUT + leaf));
                }
                differing.put(node, leaves);
            }
        }
        return new ReconcileAnswer.Reply.Nodes(differing, buckets.root().count());
    }

    private ReconcileAnswer.Reply leaves(SortedMap<Integer, Map<RecordKey, Digest>> asked) {
        Map<RecordKey, Integer> differing = new HashMap<>();
        asked.forEach((leaf, records) -> records.keySet().forEach(key -> differing.put(key, leaf)));
        visit((key, bucket, digest) -> {
            Map<RecordKey, Digest> theirs = asked.get(bucket);
            if (theirs != null) {
                if (digest.equals(theirs.get(key))) {
                    differing.remove(key);
                } else {
                    differing.put(key, bucket);
                }
            }
        });
        return rows(differing.entrySet().stream()
                .sorted(Map.Entry.<RecordKey, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** As many rows as an answer may hold, leaf by leaf: what is left is found by the next comparison. */
    private ReconcileAnswer.Reply rows(List<RecordKey> differing) {
        List<RemoteRecord> rows = new ArrayList<>();
        List<RecordKey> unknown = new ArrayList<>();
        long bytes = 0;
        for (int from = 0; from < differing.size() && rows.size() < Limits.PAGE_RECORDS_MAX; from += LOOKUP) {
            List<RecordKey> keys = differing.subList(from, Math.min(differing.size(), from + LOOKUP));
            Map<RecordKey, ServerRecord> found = snapshot.records(keys);
            for (RecordKey key : keys) {
                ServerRecord record = found.get(key);
                if (record == null) {
                    unknown.add(key);
                } else if (bytes <= Limits.PAGE_BYTES_MAX) {
                    rows.add(new RemoteRecord(key, record.state(), record.sequence()));
                    bytes += BatchCodec.sizeHint(record.state());
                }
            }
            if (bytes > Limits.PAGE_BYTES_MAX) {
                break;
            }
        }
        return new ReconcileAnswer.Reply.Leaves(rows, unknown);
    }

    /** Visits the stored digests or, under a challenge, digests of the actual rows that only the nonce makes possible. */
    private void visit(ScopeSnapshot.DigestVisitor visitor) {
        if (request.nonce().isEmpty()) {
            snapshot.digests(visitor);
            return;
        }
        Digester digester = new Digester(head.key()).challenge(HexFormat.of().parseHex(request.nonce()));
        snapshot.rows(row -> visitor.visit(row.key(), row.bucket(), digester.digest(row.key(), row.state())));
    }
}
