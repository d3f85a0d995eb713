package io.holdfast.core.exchange;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapBook;
import io.holdfast.core.audit.GapStep;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.TextOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The server's look at its own rows (proof level L1): every row against its stored digest, and the digests against the
 * stored sum. What is suspected while the scope moves on is looked at again under its lock, where what can be proven is
 * mended:
 *
 * <ul>
 *   <li>rows and digests agree, the sum does not: the sum is computed anew;
 *   <li>the rows add up to the sum, a digest does not fit its row: the digest is computed anew;
 *   <li>only a column that shows a merged value is wrong: it is written again from what stands beside the row;
 *   <li>else the row is damaged. It stays as it is, and its digest too, until a device offers the record that has that
 *       digest.
 * </ul>
 *
 * Stateless.
 */
public final class ScopeScrub {

    private static final String BY = "L1";
    private static final int LOOK_PAGE = 500;

    private ScopeScrub() {}

    /**
     * How far a look has come.
     *
     * @param collection the one being looked at; empty at the beginning
     * @param id the last that was looked at; empty at the beginning of a collection
     */
    public record Position(String collection, String id) {
        /** Nothing was looked at. */
        public static final Position START = new Position("", "");
    }

    /**
     * A part of a look.
     *
     * @param foreign how many of them another program wrote and no append has taken in: they are pending, not damaged
     * @param next where to go on; absent if everything was looked at
     */
    public record Part(long records, long foreign, List<RecordKey> suspects, Optional<Position> next) {
        /** Copies. */
        public Part {
            suspects = List.copyOf(suspects);
        }
    }

    /** Looks at the next rows, at most {@code limit}. */
    public static Part look(ScopeSnapshot snapshot, Position from, int limit) {
        Optional<ScopeHead> head = snapshot.head();
        Optional<String> collection = head.isEmpty() ? Optional.empty() : collection(snapshot, from);
        if (collection.isEmpty()) {
            return new Part(0, 0, List.of(), Optional.empty());
        }
        Digester digester = new Digester(head.orElseThrow().key());
        String name = collection.get();
        List<HeldRecord> page = snapshot.held(name, from.collection().equals(name) ? from.id() : "", limit);
        List<RecordKey> suspects = page.stream()
                .filter(held -> damaged(held, digester))
                .map(HeldRecord::key)
                .toList();
        boolean last = page.size() < limit;
        Position next = last
                ? new Position(name + '\0', "")
                : new Position(name, page.getLast().key().id());
        long foreign = page.stream().filter(HeldRecord::foreign).count();
        return new Part(page.size(), foreign, suspects, Optional.of(next));
    }

    /** The collection of a position, or the first behind it. */
    private static Optional<String> collection(ScopeSnapshot snapshot, Position from) {
        return snapshot.collections().stream()
                .filter(name -> TextOrder.compare(name, from.collection()) >= 0)
                .findFirst();
    }

    private static boolean damaged(HeldRecord held, Digester digester) {
        if (held.foreign()) {
            return false;
        }
        return held.stored().isNone()
                || !digester.digest(held.key(), held.actual()).equals(held.stored());
    }

    /**
     * Judges the suspects, within {@link ServerStorage#mend}.
     *
     * @param looked how many rows the look has seen
     * @return how many gaps there are; with them the proof
     */
    public static ScopeUpdate<Integer> settle(
            ScopeSnapshot snapshot, Set<RecordKey> suspects, long looked, long nowMillis) {
        return snapshot.head()
                .map(head -> new Judgement(snapshot, head, nowMillis).of(suspects, looked))
                .orElseGet(() -> ScopeUpdate.nothing(0));
    }

    /**
     * Judges rows that a decision has met, within {@link ServerStorage#mend}: what can be repaired without a device is, and each
     * becomes a gap.
     *
     * @return how many gaps there are
     */
    static ScopeUpdate<Integer> judge(ScopeSnapshot snapshot, Set<RecordKey> suspects, long nowMillis) {
        return snapshot.head()
                .map(head -> new Judgement(snapshot, head, nowMillis).ofThe(suspects))
                .orElseGet(() -> ScopeUpdate.nothing(0));
    }

    /** What {@link #sound} needs to be shown. */
    public static final ScopeView.Touch NOTHING = new ScopeView.Touch("", List.of(), List.of());

    /** Whether the stored sum is that of the stored digests. */
    public static boolean rootFits(ScopeSnapshot snapshot) {
        return snapshot.head().map(head -> sum(snapshot).equals(head.root())).orElse(true);
    }

    private static DigestSum sum(ScopeSnapshot snapshot) {
        DigestSum[] sum = {DigestSum.ZERO};
        snapshot.digests((key, bucket, digest) -> sum[0] = sum[0].plus(digest));
        return sum[0];
    }

    /** Writes down that a look found nothing, within {@link ServerStorage#append}. */
    public static Function<ScopeView, ScopeUpdate<Integer>> sound(long looked, long nowMillis) {
        return view -> {
            long sequence = view.head().map(ScopeHead::sequence).orElse(0L);
            ScopeProof proof = new ScopeProof("", new Proof(Proof.Level.L1, true, nowMillis, looked, sequence));
            List<GapStep> steps = List.of(new GapStep.CloseUnless(Set.of(), BY));
            return ScopeUpdate.nothing(0).with(new Evidence(steps, Optional.of(proof), nowMillis));
        };
    }

    /**
     * Finds out why the stored sum is not that of the stored digests, if it is not, and computes the digests or the sum anew;
     * within {@link ServerStorage#mend}.
     */
    public static ScopeUpdate<Boolean> mendRoot(ScopeSnapshot snapshot, long nowMillis) {
        return snapshot.head()
                .map(head -> new Judgement(snapshot, head, nowMillis).ofRoot())
                .orElseGet(() -> ScopeUpdate.nothing(false));
    }

    /** One judgement under the scope's lock. */
    private static final class Judgement {
        private final ScopeSnapshot snapshot;
        private final ScopeHead head;
        private final long nowMillis;
        private final Digester digester;
        private final List<GapStep> steps = new ArrayList<>();
        private final List<ServerRecord> mended = new ArrayList<>();
        private final Set<RecordKey> found = new LinkedHashSet<>();

        Judgement(ScopeSnapshot snapshot, ScopeHead head, long nowMillis) {
            this.snapshot = snapshot;
            this.head = head;
            this.nowMillis = nowMillis;
            this.digester = new Digester(head.key());
        }

        ScopeUpdate<Integer> of(Set<RecordKey> suspects, long looked) {
            Optional<ScopeHead> next = judged(suspects);
            steps.add(new GapStep.CloseUnless(found, BY));
            Proof proof = new Proof(Proof.Level.L1, found.isEmpty(), nowMillis, looked, head.sequence());
            return update(next, Optional.of(new ScopeProof("", proof)), found.size());
        }

        ScopeUpdate<Integer> ofThe(Set<RecordKey> suspects) {
            Optional<ScopeHead> next = judged(suspects);
            return update(next, Optional.empty(), found.size());
        }

        private <T> ScopeUpdate<T> update(Optional<ScopeHead> next, Optional<ScopeProof> proof, T answer) {
            return new ScopeUpdate<>(
                    next,
                    Optional.empty(),
                    Optional.empty(),
                    mended,
                    List.of(),
                    new Evidence(steps, proof, nowMillis),
                    answer);
        }

        /**
         * The suspects or, if these do not explain why the digests do not add up to the sum, every damaged row: a sum that is
         * computed anew no longer shows which digest was changed.
         */
        private Set<RecordKey> enough(Set<RecordKey> suspects, DigestSum stored) {
            List<HeldRecord> changed = suspects.stream()
                    .flatMap(key -> snapshot.held(key).stream())
                    .filter(held -> !held.stored().isNone() && damaged(held, digester))
                    .toList();
            boolean explained = stored.equals(head.root())
                    || (!changed.isEmpty() && withRows(stored, changed).equals(head.root()));
            return explained ? suspects : everyDamaged();
        }

        private Set<RecordKey> everyDamaged() {
            Set<RecordKey> all = new LinkedHashSet<>();
            Optional<Position> position = Optional.of(Position.START);
            while (position.isPresent()) {
                Part part = look(snapshot, position.get(), LOOK_PAGE);
                all.addAll(part.suspects());
                position = part.next();
            }
            return all;
        }

        /** Writes down what is wrong with them, mends what can be mended, and says what the head is then if it moves. */
        private Optional<ScopeHead> judged(Set<RecordKey> suspects) {
            DigestSum stored = sum(snapshot);
            List<HeldRecord> wrong = new ArrayList<>();
            for (RecordKey key : enough(suspects, stored)) {
                snapshot.held(key).filter(held -> damaged(held, digester)).ifPresent(held -> {
                    if (held.stored().isNone()) {
                        unexplained(held);
                    } else if (!shownAgain(held)) {
                        wrong.add(held);
                    }
                });
            }
            boolean rowsFit = !wrong.isEmpty() && withRows(stored, wrong).equals(head.root());
            DigestSum sum = stored;
            for (HeldRecord held : wrong) {
                boolean stale = rowsFit || withRows(stored, List.of(held)).equals(head.root());
                if (stale && held.actual().live()) {
                    sum = withRows(sum, List.of(held));
                    staleDigest(held);
                } else {
                    damagedRow(held);
                }
            }
            return sum.equals(head.root()) ? Optional.empty() : Optional.of(rootMended(sum));
        }

        ScopeUpdate<Boolean> ofRoot() {
            if (sum(snapshot).equals(head.root())) {
                return ScopeUpdate.nothing(false);
            }
            Optional<ScopeHead> next = judged(Set.of());
            return update(next, Optional.empty(), true);
        }

        /** The sum if these rows' digests were what the rows say. */
        private DigestSum withRows(DigestSum sum, List<HeldRecord> rows) {
            DigestSum changed = sum;
            for (HeldRecord held : rows) {
                Digest actual = digester.digest(held.key(), held.actual());
                changed = changed.minus(held.stored());
                changed = actual.isNone() ? changed : changed.plus(actual);
            }
            return changed;
        }

        /** Whether what stands beside the row still has the digest, so that the row can be written from it. */
        private boolean shownAgain(HeldRecord held) {
            Map<RecordKey, ServerRecord> beside = snapshot.records(List.of(held.key()));
            ServerRecord record = beside.get(held.key());
            if (record == null
                    || held.actual().absent()
                    || !digester.digest(held.key(), record.state()).equals(held.stored())) {
                return false;
            }
            mended.add(record);
            open(
                    Gap.Kind.ROW_CHANGED,
                    held,
                    "A column that shows a merged value was changed behind the server's back.",
                    Gap.State.REPAIRED,
                    "The row was written again from what stands beside it.");
            return true;
        }

        private void staleDigest(HeldRecord held) {
            Digest actual = digester.digest(held.key(), held.actual());
            mended.add(new ServerRecord(held.key(), held.actual(), held.sequence(), actual, held.bucket()));
            open(
                    Gap.Kind.DIGEST_STALE,
                    held,
                    "The stored digest was changed: the rows add up to the stored sum.",
                    Gap.State.REPAIRED,
                    "The digest was computed anew from the row.");
        }

        private void damagedRow(HeldRecord held) {
            boolean gone = held.actual().absent();
            open(
                    gone ? Gap.Kind.ROW_MISSING : Gap.Kind.ROW_CHANGED,
                    held,
                    gone
                            ? "The row was deleted behind the server's back."
                            : "The row was changed behind the server's back.",
                    Gap.State.OPEN,
                    "");
        }

        private void unexplained(HeldRecord held) {
            open(
                    Gap.Kind.ROW_UNKNOWN,
                    held,
                    "Another program put the row there; it belongs to no record, and no device sees it.",
                    Gap.State.OPEN,
                    "");
        }

        private ScopeHead rootMended(DigestSum sum) {
            found.add(Gap.ALL);
            GapBook.Found what = new GapBook.Found(
                    Gap.Kind.ROOT_WRONG,
                    Gap.ALL,
                    RecordState.ABSENT,
                    RecordState.ABSENT,
                    BY,
                    "The stored sum was changed: it is not the sum of the stored digests.");
            steps.add(new GapStep.Open(what, Gap.State.REPAIRED, "The sum was computed anew from the stored digests."));
            return new ScopeHead(head.scope(), head.key(), head.epoch(), head.sequence(), head.chain(), sum);
        }

        private void open(Gap.Kind kind, HeldRecord held, String cause, Gap.State state, String how) {
            found.add(held.key());
            GapBook.Found what = new GapBook.Found(kind, held.key(), held.actual(), RecordState.ABSENT, BY, cause);
            steps.add(new GapStep.Open(what, state, how));
        }
    }
}
