package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapBook;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * This device's side of finding differences: its sums, its digests, and what it learns from the server's. Compares stored
 * digests or, under a challenge, the rows as they are. Not thread-safe; lives within one {@link LocalTransaction}.
 */
public final class Comparison {

    private static final int SCAN_PAGE = 1_000;
    private static final String L2 = "L2";

    /** So many refused changes at a time are sent again; the next comparison sees to the rest. */
    private static final int RETRIED_MAX = 1_000;

    private final LocalTransaction transaction;
    private final Absorption absorption;
    private final Digester plain;
    private final Digester digester;
    private final GapBook book;
    private final boolean challenge;
    private final long nowMillis;
    private final Quarantine quarantine;
    private final Set<RecordKey> offered = new HashSet<>();
    private int repaired;

    /**
     * A comparison in one transaction.
     *
     * @param nonce hexadecimal digits of the challenge; empty to compare stored digests
     */
    public Comparison(Schema schema, LocalTransaction transaction, String nonce, long nowMillis) {
        this.transaction = transaction;
        this.absorption = new Absorption(schema, transaction, nowMillis);
        this.quarantine = new Quarantine(schema, transaction);
        ScopeKey key = transaction
                .device()
                .identity()
                .scopeKey()
                .orElseThrow(() -> new IllegalStateException("only a registered replica compares"));
        this.challenge = !nonce.isEmpty();
        this.plain = new Digester(key);
        this.digester = challenge ? plain.challenge(HexFormat.of().parseHex(nonce)) : plain;
        this.nowMillis = nowMillis;
        this.book = new GapBook(transaction.trail(), nowMillis);
    }

    /**
     * What the second step found.
     *
     * @param repaired how many were repaired here, or offered to the server
     */
    public record Differences(List<RecordKey> records, int repaired) {
        /** Copies. */
        public Differences {
            records = List.copyOf(records);
        }
    }

    /** The first question: this device's 64 sums. */
    public ReconcileRequest.Question askNodes() {
        return new ReconcileRequest.Question.Nodes(buckets().nodes());
    }

    /** The second question: this device's records in the leaves that differ, or in the first of them if they are many. */
    public ReconcileRequest.Question askLeaves(SortedSet<Integer> differing) {
        SortedMap<Integer, Map<RecordKey, Digest>> leaves = new TreeMap<>();
        asked(differing).forEach(leaf -> leaves.put(leaf, new HashMap<>()));
        visit((key, bucket, digest) -> {
            Map<RecordKey, Digest> leaf = leaves.get(bucket);
            if (leaf != null) {
                leaf.put(key, digest);
            }
        });
        return new ReconcileRequest.Question.Leaves(leaves);
    }

    /** As many of the leaves, from the first, as one question holds. */
    private SortedSet<Integer> asked(SortedSet<Integer> differing) {
        int[] sizes = new int[Buckets.COUNT];
        transaction.digests((key, bucket, digest) -> sizes[bucket]++);
        long listed = 0;
        for (int leaf : differing) {
            listed += sizes[leaf];
            if (listed > Limits.QUESTION_RECORDS_MAX && leaf != differing.first()) {
                return differing.headSet(leaf);
            }
        }
        return differing;
    }

    private Buckets buckets() {
        Buckets buckets = new Buckets();
        visit((key, bucket, digest) -> buckets.add(bucket, digest));
        return buckets;
    }

    private void visit(LocalTransaction.DigestVisitor visitor) {
        if (!challenge) {
            transaction.digests(visitor);
            return;
        }
        List<LocalRecord> page = transaction.scan(Optional.empty(), SCAN_PAGE);
        while (!page.isEmpty()) {
            for (LocalRecord record : page) {
                if (record.confirmed().live()) {
                    visitor.visit(record.key(), record.bucket(), digester.digest(record.key(), record.confirmed()));
                }
            }
            page = transaction.scan(Optional.of(page.getLast().key()), SCAN_PAGE);
        }
    }

    /**
     * Takes the answer to the first question.
     *
     * @return the leaves that differ; empty if everything is equal, which is kept as a proof
     */
    public SortedSet<Integer> absorbNodes(ReconcileAnswer answer, ReconcileAnswer.Reply.Nodes reply) {
        follow(answer);
        if (challenge && reply.leaves().isEmpty()) {
            // What was hashed for the question is what the server has: hashing every row again would say no more.
            return provenRows(transaction.root().count(), answer);
        }
        Buckets mine = buckets();
        TreeSet<Integer> differing = new TreeSet<>();
        reply.leaves().forEach((node, sums) -> {
            for (int i = 0; i < Buckets.FAN_OUT; i++) {
                int leaf = node * Buckets.FAN_OUT + i;
                if (!mine.leaf(leaf).equals(sums.get(i))) {
                    differing.add(leaf);
                }
            }
        });
        DigestSum root = mine.root();
        if (!challenge && differing.isEmpty()) {
            // All records are equal: if the fingerprints were not, it was the root that had parted from them.
            transaction.root(root);
        }
        if (challenge && differing.isEmpty()) {
            return provenRows(root.count(), answer);
        }
        if (!challenge || released(Set.of()) == 0) {
            // Rows that are not here are vouched for in the second step only.
            prove(differing.isEmpty(), root.count(), answer.cursor().sequence());
        }
        return differing;
    }

    private SortedSet<Integer> provenRows(long records, ReconcileAnswer answer) {
        prove(true, records, answer.cursor().sequence());
        book.closeUnless(Set.of(), gap -> gap.finding().by().equals(L2));
        quarantine.retryRepaired(Set.of(), RETRIED_MAX);
        return Collections.emptySortedSet();
    }

    /**
     * Takes the answer to the second question, and repairs row by row: the server's record replaces what differs, and what
     * the server has never seen is offered to it. Under a challenge only a row of the server is repaired that the digests
     * prove to be damaged; rows here are for {@link Scrub}.
     *
     * @param differing the leaves that differ, of which the question held the first
     * @return the records that differed
     */
    public Differences absorbLeaves(
            ReconcileAnswer answer, ReconcileAnswer.Reply.Leaves reply, SortedSet<Integer> differing) {
        follow(answer);
        long records = transaction.root().count();
        List<RecordKey> gaps = new ArrayList<>();
        int vouched = 0;
        Confirmer confirmer = absorption.confirmer();
        for (RemoteRecord row : reply.records()) {
            LocalRecord record = transaction.record(row.key());
            if (challenge && record.released()) {
                vouched++;
                if (!plain.digest(row.key(), row.state()).equals(record.digest())) {
                    gaps.add(row.key());
                    open(
                            record,
                            row.state(),
                            "The server's row is not what both sides had agreed on.",
                            Gap.State.OPEN,
                            "");
                }
            } else if (differs(record, row)) {
                gaps.add(row.key());
                if (challenge) {
                    challenged(record, row, confirmer);
                } else {
                    replace(record, row, confirmer);
                }
            }
        }
        for (RecordKey key : reply.unknown()) {
            LocalRecord record = transaction.record(key);
            if (record.confirmed().live() || record.released()) {
                gaps.add(key);
                unknown(record, confirmer);
            }
        }
        confirmer.finish();
        if (challenge) {
            SortedSet<Integer> asked = asked(differing);
            boolean all = asked.size() == differing.size() && vouched == released(asked);
            if (all || !gaps.isEmpty()) {
                prove(all && gaps.isEmpty(), records, answer.cursor().sequence());
            }
            if (all) {
                book.closeUnless(new HashSet<>(gaps), gap -> gap.finding().by().equals(L2));
                Set<RecordKey> damaged = new HashSet<>(gaps);
                damaged.removeAll(offered);
                quarantine.retryRepaired(damaged, RETRIED_MAX);
            }
        }
        return new Differences(gaps, repaired);
    }

    /** How many records, of these leaves or of all if none is named, are here without their values. */
    private int released(Set<Integer> leaves) {
        int[] count = {0};
        transaction.digests((key, bucket, digest) -> {
            if ((leaves.isEmpty() || leaves.contains(bucket))
                    && transaction.record(key).released()) {
                count[0]++;
            }
        });
        return count[0];
    }

    private boolean differs(LocalRecord record, RemoteRecord row) {
        Digest mine = challenge ? digester.digest(record.key(), record.confirmed()) : record.digest();
        return !mine.equals(digester.digest(row.key(), row.state()));
    }

    private void replace(LocalRecord record, RemoteRecord row, Confirmer confirmer) {
        repaired++;
        remember(record, row);
        String cause = row.sequence() > record.sequence()
                ? "An update was missed: the server's record is newer, though the cursor had passed it."
                : "";
        open(record, row.state(), cause, Gap.State.REPAIRING, "The server's record took its place.");
        confirmer.confirm(record, row.state(), row.sequence());
    }

    /**
     * Tells which side is damaged, where the digests prove it: of one version of a record both sides stored the same digest.
     * If this side's row still has it and the server's has not, this side's record is offered; the server knows it by that
     * digest.
     */
    private void challenged(LocalRecord record, RemoteRecord row, Confirmer confirmer) {
        boolean mine = plain.digest(record.key(), record.confirmed()).equals(record.digest());
        boolean theirs = plain.digest(row.key(), row.state()).equals(record.digest());
        boolean sameVersion =
                record.sequence() == row.sequence() && !record.digest().isNone();
        if (sameVersion && mine && !theirs) {
            open(
                    record,
                    row.state(),
                    "The server's row was changed behind its back: the digest that both sides stored fits the record here.",
                    Gap.State.REPAIRING,
                    "The record was sent to the server, which knows it by its digest.");
            confirmer.offer(record);
            offered.add(record.key());
            repaired++;
        } else {
            String cause = sameVersion && theirs && !mine
                    ? "The row here was changed behind the store's back: the stored digest fits the server's record."
                    : "";
            open(record, row.state(), cause, Gap.State.OPEN, "");
        }
    }

    private void unknown(LocalRecord record, Confirmer confirmer) {
        if (challenge) {
            open(record, RecordState.ABSENT, "", Gap.State.OPEN, "");
        } else {
            open(record, RecordState.ABSENT, "", Gap.State.REPAIRING, "The record was offered to the server.");
            confirmer.offer(record);
            repaired++;
        }
    }

    private void open(LocalRecord record, RecordState there, String cause, Gap.State state, String how) {
        Gap.Kind kind = Gap.Kind.DIFFERING;
        if (!record.confirmed().live() && !record.released()) {
            kind = Gap.Kind.MISSING_HERE;
        } else if (there.cells().values().stream().allMatch(cell -> cell.value().isNull()) || !there.live()) {
            kind = Gap.Kind.MISSING_THERE;
        }
        String by = challenge ? L2 : "L0";
        book.open(new GapBook.Found(kind, record.key(), record.confirmed(), there, by, cause), state, how);
    }

    private void remember(LocalRecord record, RemoteRecord row) {
        transaction.history(new HistoryEntry(
                0,
                HistoryEntry.Kind.REPAIRED,
                record.key(),
                record.confirmed(),
                row.state(),
                row.sequence(),
                nowMillis,
                "replaced by the server's record"));
    }

    /** Follows the server to the snapshot it answered from. */
    private void follow(ReconcileAnswer answer) {
        Confirmer confirmer = absorption.confirmer();
        absorption.pull(answer.changes(), confirmer);
        confirmer.finish();
        absorption.moveTo(answer.cursor());
    }

    private void prove(boolean equal, long records, long sequence) {
        if (challenge || equal) {
            Proof.Level level = challenge ? Proof.Level.L2 : Proof.Level.L0;
            transaction.device(transaction.device().with(new Proof(level, equal, nowMillis, records, sequence)));
        }
        if (equal) {
            book.provenEqual();
        }
    }
}
