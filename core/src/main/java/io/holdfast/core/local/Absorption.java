package io.holdfast.core.local;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.GapBook;
import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes an answer of the server into the store, all within one {@link LocalTransaction}: results, changes, cursor and proof
 * move together or not at all. Not thread-safe.
 */
public final class Absorption {

    private static final int SCAN_PAGE = 1_000;

    private final Schema schema;
    private final LocalTransaction transaction;
    private final Layers layers;
    private final long nowMillis;

    /**
     * An absorption in one transaction.
     *
     * @param schema with the system collections
     * @param nowMillis reading of the local clock
     */
    public Absorption(Schema schema, LocalTransaction transaction, long nowMillis) {
        this.schema = schema;
        this.transaction = transaction;
        this.layers = new Layers(schema, transaction);
        this.nowMillis = nowMillis;
    }

    /** The server knows this replica now. */
    public void registered(RegisterAnswer answer) {
        DeviceState device = transaction.device();
        DeviceState.Identity identity = device.identity();
        boolean otherKey =
                identity.scopeKey().filter(key -> !key.equals(answer.key())).isPresent();
        transaction.device(device.with(new DeviceState.Identity(
                identity.scope(), identity.replica(), identity.incarnation(), Optional.of(answer.key()), true)));
        if (otherKey) {
            redigest(answer.key());
        }
    }

    /** Computes every digest anew under another key. */
    private void redigest(ScopeKey key) {
        transaction.root(DigestSum.ZERO);
        Digester digester = new Digester(key);
        Optional<RecordKey> after = Optional.empty();
        List<LocalRecord> page = transaction.scan(after, SCAN_PAGE);
        while (!page.isEmpty()) {
            for (LocalRecord record :
                    page.stream().filter(each -> !each.released()).toList()) {
                var digest = digester.digest(record.key(), record.confirmed());
                layers.save(
                        record,
                        record.withConfirmed(
                                record.confirmed(), record.sequence(), digest, digester.bucket(record.key())));
            }
            page = transaction.scan(Optional.of(page.getLast().key()), SCAN_PAGE);
        }
        // A digest whose values were given up cannot be computed anew: the next comparison brings the record back.
        DigestSum[] sum = {DigestSum.ZERO};
        transaction.digests((record, bucket, digest) -> sum[0] = sum[0].plus(digest));
        transaction.root(sum[0]);
    }

    /**
     * An exchange was applied.
     *
     * @param answered the batch that was sent with the request; {@link BatchMark#NONE} if none was
     */
    public Absorbed applied(ExchangeAnswer.Applied answer, BatchMark answered) {
        Confirmer confirmer = confirmer();
        Settlement settlement = new Settlement(transaction, layers, confirmer, nowMillis);
        if (answered.number() > 0) {
            settlement.settle(answered.number(), answer.results());
            transaction.unfreeze(answered.number());
            DeviceState device = transaction.device();
            transaction.device(device.with(device.progress().withSettled(answered)));
            if (settlement.anyRefused()) {
                new Freezer(schema, transaction).unfreezeAll();
                settlement.settleRefused();
            }
        }
        return followed(answer, confirmer, settlement);
    }

    /**
     * An empty batch took the number of the first frozen one, which can never be applied any more: its changes are free, and those
     * frozen after it.
     *
     * @param empty the mark of the empty batch
     * @param alone why its changes go into quarantine; empty if they are to be sent again, in smaller parts
     */
    public Absorbed withdrawn(ExchangeAnswer.Applied answer, BatchMark empty, Optional<Refusal> alone) {
        alone.ifPresentOrElse(this::quarantineBatch, this::split);
        DeviceState device = transaction.device();
        transaction.device(device.with(device.progress().withSettled(empty).withFrozen(empty)));
        Confirmer confirmer = confirmer();
        return followed(answer, confirmer, new Settlement(transaction, layers, confirmer, nowMillis));
    }

    private Absorbed followed(ExchangeAnswer.Applied answer, Confirmer confirmer, Settlement settlement) {
        pull(answer.changes(), confirmer);
        confirmer.finish();
        moveTo(answer.cursor());
        boolean equal = !answer.complete() || prove(answer.cursor(), answer.fingerprint(), confirmer.root());
        return new Absorbed(
                answer.complete(),
                equal,
                answer.results().size(),
                settlement.conflicts(),
                settlement.refusals(),
                answer.changes().size(),
                !transaction.pending(1).isEmpty() || transaction.frozenCount() > 0);
    }

    /** Takes over the server's newer records. */
    void pull(List<RemoteRecord> changes, Confirmer confirmer) {
        List<LocalRecord> records =
                transaction.recordsOf(changes.stream().map(RemoteRecord::key).toList());
        for (int i = 0; i < changes.size(); i++) {
            RemoteRecord change = changes.get(i);
            LocalRecord record = records.get(i);
            if (change.sequence() > record.sequence()) {
                confirmer.confirm(record, change.state(), change.sequence());
            }
        }
    }

    void moveTo(Cursor cursor) {
        DeviceState device = transaction.device();
        transaction.device(device.with(device.progress().withCursor(cursor)));
    }

    Confirmer confirmer() {
        return new Confirmer(transaction, layers, key(), nowMillis);
    }

    /** Compares fingerprints and keeps the proof; a comparison that offers on their way would spoil is not made. */
    private boolean prove(Cursor cursor, String fingerprint, DigestSum root) {
        String mine = new Digester(key())
                .fingerprint(transaction.device().identity().scope(), cursor.epoch(), cursor.sequence(), root);
        boolean equal = mine.equals(fingerprint);
        if (!equal && offering()) {
            return true;
        }
        transaction.device(transaction
                .device()
                .with(new Proof(Proof.Level.L0, equal, nowMillis, root.count(), cursor.sequence())));
        if (equal) {
            new GapBook(transaction.trail(), nowMillis).provenEqual();
        }
        return equal;
    }

    private boolean offering() {
        boolean waiting = transaction.pending(1).stream().anyMatch(Absorption::offers);
        return waiting
                || transaction
                        .firstFrozen()
                        .map(batch -> transaction.inBatch(batch.mark().number()).stream()
                                .anyMatch(Absorption::offers))
                        .orElse(false);
    }

    private static boolean offers(LocalRecord record) {
        return record.layers().stream()
                .anyMatch(layer -> layer.kind() == Change.Kind.OFFER && layer.state() != Layer.State.QUARANTINED);
    }

    /**
     * The server found that this store was restored or cloned: it goes on under a new id. Nothing that was sent under the
     * old one was applied by the request that was answered so. What the server confirmed beyond the cursor is offered again:
     * if it was the server that lost it, this store may be the only one that knows.
     */
    public void forked(String newReplica) {
        new Freezer(schema, transaction).unfreezeDoubtful();
        String before = transaction.device().identity().replica();
        long sequence = transaction.device().progress().cursor().sequence();
        become(newReplica, transaction.device().progress().cursor());
        long offered = offerAbove(sequence);
        recognised(
                AuditEntry.Event.STORE_RECOGNISED,
                "This store was recognised as restored or copied: the server had gone on from a later state of replica "
                        + before + ". It goes on as replica " + newReplica + again(offered));
    }

    /** The server was restored: what it has confirmed since is offered again, under a new id. */
    public void epochChanged(Cursor forkedAt, String newReplica) {
        new Freezer(schema, transaction).unfreezeDoubtful();
        String before = transaction.device().identity().replica();
        long sequence = transaction.device().progress().cursor().sequence();
        become(newReplica, forkedAt);
        long offered = offerAbove(forkedAt.sequence());
        recognised(
                AuditEntry.Event.SERVER_RECOGNISED,
                "The server was recognised as restored from an older copy: this store had followed it to sequence "
                        + sequence + ", and both agree up to " + forkedAt.sequence()
                        + ". The store goes on as replica " + newReplica + " (before: " + before + ")"
                        + again(offered));
    }

    private String again(long offered) {
        long pending = transaction.account().in(ChangeState.PENDING);
        return ", sends " + number(pending, "change") + " and offers " + number(offered, "confirmed record") + ".";
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void recognised(AuditEntry.Event event, String sentence) {
        transaction.trail().add(AuditEntry.of(event, sentence, nowMillis));
    }

    private long offerAbove(long sequence) {
        long offered = 0;
        Confirmer confirmer = confirmer();
        for (List<LocalRecord> lost = transaction.confirmedAbove(sequence, SCAN_PAGE);
                !lost.isEmpty();
                lost = transaction.confirmedAbove(sequence, SCAN_PAGE)) {
            lost.forEach(confirmer::offer);
            offered += lost.size();
        }
        confirmer.finish();
        return offered;
    }

    private void become(String replica, Cursor cursor) {
        DeviceState device = transaction.device();
        DeviceState.Identity old = device.identity();
        List<Cursor> common = device.progress().earlier().stream()
                .filter(earlier -> earlier.sequence() < cursor.sequence())
                .toList();
        transaction.device(
                device.with(new DeviceState.Identity(old.scope(), replica, old.incarnation(), old.scopeKey(), false))
                        .with(new DeviceState.Progress(cursor, common, BatchMark.NONE, BatchMark.NONE)));
    }

    /** The server does not know this replica or this opening: it must register before the next exchange. */
    public void unregistered() {
        DeviceState device = transaction.device();
        DeviceState.Identity old = device.identity();
        transaction.device(device.with(
                new DeviceState.Identity(old.scope(), old.replica(), old.incarnation(), old.scopeKey(), false)));
    }

    /** The server refused the frozen batch as a whole, without applying it: it will be frozen anew, in smaller parts. */
    public void split() {
        new Freezer(schema, transaction).unfreezeAll();
    }

    /** The server refuses a batch that cannot be divided further: its changes go into quarantine. */
    public void quarantineBatch(Refusal why) {
        Optional<FrozenBatch> first = transaction.firstFrozen();
        if (first.isEmpty()) {
            return;
        }
        long number = first.get().mark().number();
        Map<RecordKey, Change.Kind> refused = new LinkedHashMap<>();
        transaction.inBatch(number).forEach(record -> refused.put(record.key(), kindIn(record, number)));
        new Freezer(schema, transaction).unfreezeAll();
        // All of one group, or one change alone: they go together. An edit made since is folded in and shares their
        // fate, with the rest of its own group.
        Set<Long> groups = new HashSet<>();
        new LinkedHashMap<>(refused).forEach((key, kind) -> {
            long group = pending(transaction.record(key), kind).group();
            if (group != 0 && groups.add(group)) {
                transaction.pendingGroup(group).forEach(member -> refused.putIfAbsent(member.key(), Change.Kind.EDIT));
            }
        });
        refused.forEach((key, kind) -> {
            LocalRecord record = transaction.record(key);
            Layer pending = pending(record, kind);
            layers.count(pending, ChangeState.PENDING, ChangeState.QUARANTINED);
            layers.save(record, Layers.replaced(record, pending, pending.quarantined(pending.edit(), why)));
        });
    }

    private static Change.Kind kindIn(LocalRecord record, long batch) {
        return record.layers().stream()
                .filter(layer -> layer.batch() == batch)
                .map(Layer::kind)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a record of a batch has a layer in it"));
    }

    private static Layer pending(LocalRecord record, Change.Kind kind) {
        return record.layers().stream()
                .filter(layer -> layer.state() == Layer.State.PENDING && layer.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an unfrozen change is pending"));
    }

    /** The server's clock was compared with the local one. */
    public void measured(long offsetMillis) {
        DeviceState device = transaction.device();
        transaction.device(device.with(
                new DeviceState.ClockOffset(offsetMillis, device.identity().incarnation())));
    }

    private ScopeKey key() {
        return transaction
                .device()
                .identity()
                .scopeKey()
                .orElseThrow(() -> new IllegalStateException("only a registered replica exchanges"));
    }
}
