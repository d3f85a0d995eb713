package io.holdfast.core.exchange;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapBook;
import io.holdfast.core.audit.GapStep;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides one batch, group by group: a group with a refused change changes nothing. Works on a copy of the touched records;
 * what it decides is read off afterwards. One instance a decision.
 */
final class BatchDecision {

    private static final ChangeResult.Refused DAMAGED = new ChangeResult.Refused(
            ErrorCode.RECORD_DAMAGED,
            "",
            "The server's row of this record, or of one that follows from it, was damaged: the change is sent again once a device has repaired it.");

    private final ServerRules rules;
    private final Situation.Asker asker;
    private final boolean restored;
    private final Digester digester;
    private final Map<RecordKey, ServerRecord> records;
    private final Map<RecordKey, ServerRecord> written = new LinkedHashMap<>();

    /** Those asked for that are not there: each asks for its bucket, a keyed hash, once. */
    private final Map<RecordKey, ServerRecord> absent = new HashMap<>();

    private final Set<RecordKey> damaged;
    private final List<Loser> losers = new ArrayList<>();
    private final List<GapStep> steps = new ArrayList<>();
    private final Map<RecordKey, ForeignFate> fates = new LinkedHashMap<>();
    private final List<ForeignRow> foreign;
    private final long incarnation;
    private long sequence;
    private DigestSum root;

    BatchDecision(ServerRules rules, Situation.Asker asker, ScopeHead head, ScopeView view) {
        this.rules = rules;
        this.asker = asker;
        this.restored = Epochs.restored(head.epoch());
        this.digester = new Digester(head.key());
        this.records = view.records();
        this.sequence = head.sequence();
        this.root = head.root();
        this.foreign = view.foreign();
        this.incarnation = Epochs.incarnation(head.epoch());
        this.damaged = damaged(view);
    }

    /** The touched records whose rows are not what their digests say; of a tombstone no digest tells. */
    private Set<RecordKey> damaged(ScopeView view) {
        Set<RecordKey> found = new LinkedHashSet<>();
        for (ServerRecord record : view.records().values()) {
            if (!record.digest().isNone()
                    && !digester.digest(record.key(), record.state()).equals(record.digest())) {
                found.add(record.key());
            }
        }
        return found;
    }

    /** Rows of which nobody may make anything before they were judged, and repaired where that can be. */
    Set<RecordKey> damaged() {
        return Set.copyOf(damaged);
    }

    /** What one change would do if its group may; nothing but a repair without a decision. A refusal may leave notes. */
    private record Judged(
            Change change,
            Optional<ChangeResult.Refused> refusal,
            Optional<ChangeDecision> decision,
            List<ServerWrite> notes) {

        static Judged refused(Change change, ChangeResult.Refused refusal, List<ServerWrite> notes) {
            return new Judged(change, Optional.of(refusal), Optional.empty(), notes);
        }
    }

    /** The result of each change, in the order of the batch. */
    List<ChangeResult> decide(List<Change> changes) {
        ChangeResult[] results = new ChangeResult[changes.size()];
        for (List<Integer> group : groups(changes)) {
            List<Judged> judged =
                    group.stream().map(index -> judge(changes.get(index))).toList();
            boolean refused = judged.stream().anyMatch(one -> one.refusal().isPresent());
            for (int i = 0; i < group.size(); i++) {
                Judged one = judged.get(i);
                results[group.get(i)] = refused ? refusal(one) : apply(one);
            }
            judged.forEach(one -> one.notes().forEach(this::write));
        }
        return List.of(results);
    }

    /** Indexes of the changes by group, in the order of the batch; a change without a group stands alone. */
    private static List<List<Integer>> groups(List<Change> changes) {
        Map<Long, List<Integer>> groups = new LinkedHashMap<>();
        long alone = -1;
        for (int i = 0; i < changes.size(); i++) {
            long group = changes.get(i).group();
            groups.computeIfAbsent(group > 0 ? group : alone--, ignored -> new ArrayList<>())
                    .add(i);
        }
        return List.copyOf(groups.values());
    }

    private static ChangeResult refusal(Judged judged) {
        return judged.refusal()
                .<ChangeResult>map(refused -> refused)
                .orElseGet(() -> new ChangeResult.Refused(
                        ErrorCode.GROUP_REFUSED,
                        "",
                        "Another change of the same transaction was refused: correct that one, then retry."));
    }

    private Judged judge(Change change) {
        ServerRecord current = current(change.key());
        Optional<ChangeResult.Refused> refusal = rules.admit(change, current.state(), asker.nowMillis());
        if (refusal.isPresent()) {
            return Judged.refused(change, refusal.get(), List.of());
        }
        CollectionSchema collection = rules.collection(change.key());
        if (heals(change, current)) {
            return new Judged(change, Optional.empty(), Optional.empty(), List.of());
        }
        if (buildsOnDamage(change)) {
            return Judged.refused(change, DAMAGED, List.of());
        }
        boolean concurrent = current.sequence() != change.base();
        ChangeDecision decision = ChangeDecision.decide(collection, current.state(), change, concurrent, restored);
        refusal = rules.check(asker.principal(), change, current.state(), decision.after());
        if (refusal.isPresent()) {
            return Judged.refused(change, refusal.get(), List.of());
        }
        return rules.refuses(situation(change, current.state(), decision.after()))
                .map(refused -> Judged.refused(change, refused.told(), refused.notes()))
                .orElseGet(() -> new Judged(change, Optional.empty(), Optional.of(decision), List.of()));
    }

    /** Whether something was changed behind the server's back in what this edit would be decided by, and would get a fit digest. */
    private boolean buildsOnDamage(Change change) {
        return !damaged.isEmpty()
                && change.kind() == Change.Kind.EDIT
                && rules.touches(asker.scope(), change).stream().anyMatch(damaged::contains);
    }

    private Situation situation(Change change, RecordState before, RecordState after) {
        return new Situation(asker, change, before, after, this::state);
    }

    private ServerRecord current(RecordKey key) {
        ServerRecord record = written.get(key);
        if (record == null) {
            record = records.get(key);
        }
        return record == null ? absent.computeIfAbsent(key, this::nothing) : record;
    }

    private ServerRecord nothing(RecordKey key) {
        return new ServerRecord(key, RecordState.ABSENT, 0, Digest.NONE, digester.bucket(key));
    }

    private ChangeResult apply(Judged judged) {
        Change change = judged.change();
        ServerRecord current = current(change.key());
        if (judged.decision().isEmpty()) {
            return healed(change, current);
        }
        ChangeDecision decision = judged.decision().get();
        boolean sawCurrent = current.sequence() == change.base();
        ServerRecord after = decision.after().equals(current.state()) ? current : write(current, decision.after());
        if (!decision.losers().cells().isEmpty()) {
            losers.add(
                    new Loser(change.key(), decision.losers(), after.sequence(), asker.replica(), asker.nowMillis()));
        }
        decision.reviews().forEach((field, cell) -> review(change.key(), field, cell, after));
        rules.follow(situation(change, current.state(), after.state())).forEach(this::write);
        ServerRecord stands = current(change.key());
        RemoteRecord record = new RemoteRecord(stands.key(), stands.state(), stands.sequence());
        if (!decision.whole()) {
            return new ChangeResult.Conflict(record, decision.lost(), decision.stood());
        }
        boolean foreseen = sawCurrent && decision.admitted() && stands.sequence() == after.sequence();
        return foreseen ? new ChangeResult.Accepted(after.sequence()) : new ChangeResult.Merged(record);
    }

    /**
     * Whether a device offers the very record that was stored here before its row was damaged: a keyed hash of it stands in
     * the head, and the row no longer has it.
     */
    private boolean heals(Change change, ServerRecord current) {
        return change.kind() == Change.Kind.OFFER
                && damaged.contains(change.key())
                && digester.digest(change.key(), change.edit()).equals(current.digest());
    }

    /** Writes the row again; for devices nothing has changed, so the sequence and the root stay. */
    private ChangeResult healed(Change change, ServerRecord current) {
        ServerRecord right =
                new ServerRecord(change.key(), change.edit(), current.sequence(), current.digest(), current.bucket());
        written.put(change.key(), right);
        damaged.remove(change.key());
        steps.add(new GapStep.Repaired(
                change.key(), "The row was written again from replica " + asker.replica() + ", by its digest."));
        return new ChangeResult.Merged(new RemoteRecord(right.key(), right.state(), right.sequence()));
    }

    /** Takes in what other programs wrote to the touched records, before anything else is decided about them. */
    void fold() {
        foreign.stream().filter(row -> rules.knows(row.key())).forEach(this::fold);
    }

    private void fold(ForeignRow row) {
        ServerRecord current = current(row.key());
        CollectionSchema collection = rules.collection(row.key());
        ForeignFold fold = new ForeignFold(collection, current.state(), row, asker.nowMillis(), incarnation);
        switch (fold.outcome()) {
            case ForeignFold.Unfit unfit -> refuse(row, current, unfit.violation());
            case ForeignFold.Edit edit -> {
                RecordState after = RecordView.applied(collection, current.state(), edit.edit());
                Set<String> fields = edit.edit().cells().keySet();
                rules.unsound(row.key(), after, fields)
                        .ifPresentOrElse(
                                violation -> refuse(row, current, violation),
                                () -> take(row, current, edit.edit(), after));
            }
        }
    }

    /** The row stays as it is and the record too, until somebody corrects the row or a later change replaces it. */
    private void refuse(ForeignRow row, ServerRecord current, Violation violation) {
        fates.put(row.key(), new ForeignFate(row.key(), Optional.of(violation.code())));
        SortedMap<String, Cell> shown = new TreeMap<>();
        if (current.state().live()) {
            current.state().cells().forEach((field, cell) -> shown.put(field, new Cell(cell.value(), Stamp.NONE)));
        }
        row.values().orElseGet(TreeMap::new).forEach((field, value) -> shown.put(field, new Cell(value, Stamp.NONE)));
        steps.add(new GapStep.Open(
                new GapBook.Found(
                        Gap.Kind.WRITE_REFUSED,
                        row.key(),
                        new RecordState(shown, Stamp.NONE),
                        current.state(),
                        "SQL",
                        "Another program wrote what the schema does not allow (" + violation.code() + "). "
                                + violation.sentence()),
                Gap.State.OPEN,
                ""));
    }

    private void take(ForeignRow row, ServerRecord current, RecordState edit, RecordState after) {
        fates.put(row.key(), new ForeignFate(row.key(), Optional.empty()));
        steps.add(new GapStep.Repaired(row.key(), "Another program's later write to the row was taken in."));
        if (after.equals(current.state())) {
            if (!current.state().absent()) {
                // The row may show the record in another way, or what lost against it.
                written.putIfAbsent(row.key(), current);
            }
            return;
        }
        ServerRecord stands = write(current, after);
        keepLosers(row.key(), edit, stands);
        steps.add(new GapStep.Noted(AuditEntry.Event.FOREIGN_WRITE, noted(row, edit)));
        Change change = new Change(row.key(), edit, current.sequence(), new TreeMap<>(), 0, Change.Kind.EDIT);
        rules.followForeign(situation(change, current.state(), after)).forEach(this::write);
    }

    private static String noted(ForeignRow row, RecordState edit) {
        String what = edit.cells().isEmpty()
                ? ""
                : ": " + String.join(", ", edit.cells().keySet());
        return row.operations() + " of " + row.key() + " by another program" + what;
    }

    private void keepLosers(RecordKey key, RecordState edit, ServerRecord stands) {
        SortedMap<String, Cell> lost = new TreeMap<>();
        edit.cells().forEach((field, cell) -> {
            if (!stands.state().value(field).equals(cell.value())) {
                lost.put(field, cell);
            }
        });
        if (!lost.isEmpty()) {
            losers.add(new Loser(
                    key, new RecordState(lost, Stamp.NONE), stands.sequence(), asker.replica(), asker.nowMillis()));
        }
    }

    /** What is to be written down about gaps, and who did what. */
    List<GapStep> steps() {
        List<GapStep> all = new ArrayList<>(steps);
        for (ForeignFate fate : fates.values()) {
            if (fate.refused().isPresent() && written.containsKey(fate.key())) {
                all.add(new GapStep.Repaired(
                        fate.key(), "A later change took the row's place; what was refused stands in this gap."));
            }
        }
        return List.copyOf(all);
    }

    /** What became of the rows that other programs wrote: one that was refused is settled when the record was written after. */
    List<ForeignFate> fates() {
        return fates.values().stream()
                .map(fate -> written.containsKey(fate.key()) ? new ForeignFate(fate.key(), Optional.empty()) : fate)
                .toList();
    }

    private ServerRecord write(ServerRecord current, RecordState state) {
        Digest digest = digester.digest(current.key(), state);
        if (!current.digest().isNone()) {
            root = root.minus(current.digest());
        }
        if (!digest.isNone()) {
            root = root.plus(digest);
        }
        sequence++;
        ServerRecord record = new ServerRecord(current.key(), state, sequence, digest, current.bucket());
        damaged.remove(record.key());
        written.remove(record.key());
        written.put(record.key(), record);
        return record;
    }

    /** Writes fields by the server's own hand; those that hold the value already keep their stamp. */
    void write(ServerWrite write) {
        ServerRecord current = current(write.key());
        RecordState state = current.state();
        Stamp stamp = new Stamp(HybridTime.next(state.newest().time(), asker.nowMillis()), 0);
        SortedMap<String, Cell> cells = new TreeMap<>(state.cells());
        write.values().forEach((name, value) -> {
            if (!state.live() || !value.equals(state.value(name))) {
                cells.put(name, new Cell(value, stamp));
            }
        });
        RecordState next = new RecordState(cells, state.deleted());
        if (!next.equals(state)) {
            rules.requireSound(write, next);
            write(current, next);
        }
    }

    /** Deletes a record by the server's own hand, also one of which only a row is there that nobody told us of. */
    void delete(RecordKey key) {
        ServerRecord current = current(key);
        Stamp stamp = new Stamp(HybridTime.next(current.state().newest().time(), asker.nowMillis()), 0);
        RecordState deleted = new RecordState(current.state().cells(), stamp);
        write(current, RecordMerge.wiped(rules.collection(key), deleted));
    }

    /** A record as it stands after what was decided so far. */
    RecordState state(RecordKey key) {
        return current(key).state();
    }

    /** Puts a lost candidate before a person. The id follows from the candidate, so that a repeated offer asks once. */
    private void review(RecordKey key, String field, Cell candidate, ServerRecord standing) {
        RecordKey reviewKey = Reviews.key(key, field, candidate.stamp());
        ServerRecord current = current(reviewKey);
        if (!current.state().absent()) {
            return;
        }
        Stamp stamp = new Stamp(HybridTime.ofMillis(asker.nowMillis()), 0);
        SortedMap<String, Cell> cells = new TreeMap<>();
        Reviews.values(key, field, candidate.value(), standing.state().value(field), asker.replica(), asker.nowMillis())
                .forEach((name, value) -> cells.put(name, new Cell(value, stamp)));
        write(current, new RecordState(cells, Stamp.NONE));
    }

    /** The records that changed, in the order of their new sequences. */
    List<ServerRecord> written() {
        return written.values().stream()
                .sorted(Comparator.comparingLong(ServerRecord::sequence))
                .toList();
    }

    List<Loser> losers() {
        return List.copyOf(losers);
    }

    long sequence() {
        return sequence;
    }

    DigestSum root() {
        return root;
    }
}
