package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapBook;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at every row of this store and compares it with its stored digest, and with what its readers should see (proof level
 * L1). Finds what changed behind the store's back: flipped bits, rows made, edited or deleted by other programs, stale digests.
 * The look is long and only reads; what it suspects is then looked at again in a short writing transaction. Stateless.
 */
public final class Scrub {

    private static final String BY = "L1";
    private static final int PAGE = 1_000;

    private final Schema schema;

    /** A scrub under a schema, system collections included. */
    public Scrub(Schema schema) {
        this.schema = schema;
    }

    /**
     * What a look came to.
     *
     * @param records how many were looked at
     * @param suspects those that were not as they should be
     * @param rowsFitRoot whether the rows add up to the stored sum
     */
    public record Look(long records, Set<RecordKey> suspects, boolean rowsFitRoot) {
        /** Nothing to look at. */
        static final Look NOTHING = new Look(0, Set.of(), true);

        /** Copies. */
        public Look {
            suspects = new LinkedHashSet<>(suspects);
        }
    }

    /** Looks at every row. A store that never registered has no digests yet, and nothing to compare. */
    public Look look(LocalTransaction transaction) {
        Optional<ScopeKey> key = transaction.device().identity().scopeKey();
        if (key.isEmpty()) {
            return Look.NOTHING;
        }
        Set<RecordKey> suspects = new LinkedHashSet<>();
        RowCheck check = RowCheck.of(transaction, key.get(), rows -> suspects(transaction, rows, suspects));
        suspectsUnconfirmed(transaction, suspects);
        suspects.addAll(transaction.unknownRows(Limits.GAPS_OPEN_MAX).keySet());
        return new Look(check.records(), suspects, check.actual().equals(transaction.root()));
    }

    private void suspects(LocalTransaction transaction, List<RowCheck.Row> rows, Set<RecordKey> suspects) {
        Map<RecordKey, RecordState> expected = new HashMap<>();
        rows.forEach(row -> expected.put(row.record().key(), visible(transaction, row.record())));
        Map<RecordKey, LocalTransaction.Shown> shown = transaction.shown(expected);
        for (RowCheck.Row row : rows) {
            RecordKey key = row.record().key();
            if (row.damaged() || (shown.get(key) == LocalTransaction.Shown.OTHER)) {
                suspects.add(key);
            } else if (shown.get(key) == LocalTransaction.Shown.NOTHING
                    && expected.getOrDefault(key, RecordState.ABSENT).live()) {
                suspects.add(key);
            }
        }
    }

    /** What the server has not confirmed has no digest yet, but readers see it, and it can be told what they should see. */
    private void suspectsUnconfirmed(LocalTransaction transaction, Set<RecordKey> suspects) {
        Optional<RecordKey> after = Optional.empty();
        List<LocalRecord> page;
        do {
            page = transaction.changed(after, PAGE);
            suspects(
                    transaction,
                    page.stream()
                            .filter(record -> record.confirmed().absent() && !record.released())
                            .map(record -> new RowCheck.Row(record, record.digest()))
                            .toList(),
                    suspects);
            after = page.isEmpty() ? after : Optional.of(page.getLast().key());
        } while (page.size() == PAGE);
    }

    private RecordState visible(LocalTransaction transaction, LocalRecord record) {
        return RecordView.visible(
                schema.collectionOrUnknown(record.key().collection()),
                record,
                transaction.device().clock().offsetMillis());
    }

    /**
     * Writes down what a look found, as gaps and as a proof.
     *
     * @param repair whether a damaged row's digest becomes what the row now says, so that the next exchange finds the
     *     difference and the server's record replaces the row; and whether is mended what needs no server
     * @return the damaged records
     */
    public List<RecordKey> settle(LocalTransaction transaction, Look look, boolean repair, long nowMillis) {
        Optional<ScopeKey> key = transaction.device().identity().scopeKey();
        if (key.isEmpty()) {
            return List.of();
        }
        GapBook book = new GapBook(transaction.trail(), nowMillis);
        Digester digester = new Digester(key.get());
        List<RecordKey> damaged = new ArrayList<>();
        DigestSum stored = sum(transaction);
        unknown(transaction, look, repair, book, damaged);
        for (RecordKey suspect : look.suspects()) {
            if (damaged.contains(suspect)) {
                continue;
            }
            RowCheck.Row row = RowCheck.Row.of(transaction.record(suspect), digester);
            boolean stale = row.damaged()
                    && !row.actual().isNone()
                    && (look.rowsFitRoot() || with(stored, row).equals(transaction.root()));
            if (settled(transaction, row, stale, repair, book)) {
                damaged.add(suspect);
            }
        }
        boolean rootWrong = look.suspects().isEmpty() && !look.rowsFitRoot() && !fits(transaction);
        if (rootWrong) {
            book.open(
                    new GapBook.Found(Gap.Kind.ROOT_WRONG, Gap.ALL, RecordState.ABSENT, RecordState.ABSENT, BY, ""),
                    repair ? Gap.State.REPAIRED : Gap.State.OPEN,
                    repair ? "The sum was computed anew from the digests, which fit their rows." : "");
        }
        if (repair && (rootWrong || !damaged.isEmpty())) {
            transaction.root(sum(transaction));
        }
        Set<RecordKey> found = new LinkedHashSet<>(damaged);
        if (rootWrong) {
            found.add(Gap.ALL);
        }
        book.closeUnless(found, gap -> gap.finding().by().equals(BY));
        prove(transaction, look, damaged.isEmpty() && !rootWrong, nowMillis);
        return damaged;
    }

    /** A row that another program made is shown to readers, and nobody sends it. Its values stay in the gap. */
    private static void unknown(
            LocalTransaction transaction, Look look, boolean repair, GapBook book, List<RecordKey> damaged) {
        if (look.suspects().isEmpty()) {
            return;
        }
        transaction.unknownRows(Limits.GAPS_OPEN_MAX).forEach((key, values) -> {
            LocalRecord nothing = LocalRecord.absent(key);
            if (repair) {
                transaction.save(nothing, nothing, RecordState.ABSENT);
            }
            book.open(
                    new GapBook.Found(
                            Gap.Kind.ROW_UNKNOWN,
                            key,
                            values,
                            RecordState.ABSENT,
                            BY,
                            "The row was made by another program: it was shown, and would never have been sent."),
                    repair ? Gap.State.REPAIRED : Gap.State.OPEN,
                    repair ? "The row was taken away; write its values through Holdfast to keep them." : "");
            damaged.add(key);
        });
    }

    /**
     * Takes away what the server confirmed of the records that are not what was stored, as if it had never come: for a store that
     * was rebuilt, where a row may be anything. Changes of this device that lie above stay.
     */
    public void drop(LocalTransaction transaction, Look look) {
        Optional<ScopeKey> key = transaction.device().identity().scopeKey();
        if (key.isEmpty()) {
            return;
        }
        Digester digester = new Digester(key.get());
        for (RecordKey suspect : look.suspects()) {
            LocalRecord record = transaction.record(suspect);
            if (record.equals(LocalRecord.absent(suspect))) {
                // A row that stands alone may show what was never sent.
                continue;
            }
            RowCheck.Row row = RowCheck.Row.of(record, digester);
            LocalRecord kept = row.damaged() ? dropped(row) : record;
            RecordState visible = visible(transaction, kept);
            transaction.save(record, kept, whole(kept, visible) ? visible : RecordState.ABSENT);
        }
        transaction.root(sum(transaction));
    }

    /** Under a change the row stays, with the digest of what it says: without it the change would be a part of a record. */
    private static LocalRecord dropped(RowCheck.Row row) {
        return row.record().clean()
                ? row.record().withConfirmed(RecordState.ABSENT, 0, Digest.NONE, -1)
                : digested(row);
    }

    private boolean whole(LocalRecord record, RecordState visible) {
        return schema.collectionOrUnknown(record.key().collection()).fields().values().stream()
                .noneMatch(field -> field.constraints().required()
                        && visible.value(field.name()).isNull());
    }

    /** Looks at one suspect again; whether it is still not as it should be. */
    private boolean settled(
            LocalTransaction transaction, RowCheck.Row row, boolean stale, boolean repair, GapBook book) {
        LocalRecord record = row.record();
        RecordState visible = visible(transaction, record);
        LocalTransaction.Shown shown = transaction
                .shown(Map.of(record.key(), visible))
                .getOrDefault(record.key(), LocalTransaction.Shown.SAME);
        boolean gone = shown == LocalTransaction.Shown.NOTHING;
        if (row.damaged()) {
            boolean missing = gone && record.clean() && !record.digest().isNone();
            if (stale && !missing) {
                stale(transaction, row, repair, book);
            } else {
                damaged(transaction, row, missing, repair, book);
            }
            return true;
        }
        boolean wrong = shown == LocalTransaction.Shown.OTHER || (gone && visible.live());
        if (wrong) {
            if (repair) {
                transaction.save(record, record, visible);
            }
            book.open(
                    new GapBook.Found(
                            gone ? Gap.Kind.ROW_MISSING : Gap.Kind.ROW_CHANGED,
                            record.key(),
                            RecordState.ABSENT,
                            record.confirmed(),
                            BY,
                            "What readers see was changed behind the store's back; what stands beside it was not."),
                    repair ? Gap.State.REPAIRED : Gap.State.OPEN,
                    repair ? "The row was written again from what stands beside it." : "");
        }
        return wrong;
    }

    private static void damaged(
            LocalTransaction transaction, RowCheck.Row row, boolean missing, boolean repair, GapBook book) {
        LocalRecord record = row.record();
        if (repair) {
            // The row itself stays as it is until the server's record comes.
            transaction.save(record, digested(row));
        }
        book.open(
                new GapBook.Found(
                        missing ? Gap.Kind.ROW_MISSING : Gap.Kind.ROW_CHANGED,
                        record.key(),
                        missing ? RecordState.ABSENT : record.confirmed(),
                        RecordState.ABSENT,
                        BY,
                        missing
                                ? "The row was deleted behind the store's back."
                                : "The row, or its digest, was changed behind the store's back."),
                repair ? Gap.State.REPAIRING : Gap.State.OPEN,
                repair ? "The server's record takes its place." : "");
    }

    /** The record with the digest of what its row says; one that cannot be read is as if it had never come. */
    private static LocalRecord digested(RowCheck.Row row) {
        LocalRecord record = row.record();
        return record.confirmed().absent()
                ? record.withConfirmed(RecordState.ABSENT, 0, Digest.NONE, -1)
                : record.withConfirmed(record.confirmed(), record.sequence(), row.actual(), record.bucket());
    }

    private static void stale(LocalTransaction transaction, RowCheck.Row row, boolean repair, GapBook book) {
        LocalRecord record = row.record();
        if (repair) {
            transaction.save(record, digested(row));
        }
        book.open(
                new GapBook.Found(
                        Gap.Kind.DIGEST_STALE,
                        record.key(),
                        record.confirmed(),
                        RecordState.ABSENT,
                        BY,
                        "The stored digest was changed: all rows together fit the stored sum."),
                repair ? Gap.State.REPAIRED : Gap.State.OPEN,
                repair ? "The digest was computed anew from the row." : "");
    }

    /** The sum if the row's digest were what the row says. */
    private static DigestSum with(DigestSum stored, RowCheck.Row row) {
        Digest held = row.record().digest();
        return (held.isNone() ? stored : stored.minus(held)).plus(row.actual());
    }

    private static boolean fits(LocalTransaction transaction) {
        return sum(transaction).equals(transaction.root());
    }

    private static DigestSum sum(LocalTransaction transaction) {
        DigestSum[] sum = {DigestSum.ZERO};
        transaction.digests((key, bucket, digest) -> sum[0] = digest.isNone() ? sum[0] : sum[0].plus(digest));
        return sum[0];
    }

    private static void prove(LocalTransaction transaction, Look look, boolean equal, long nowMillis) {
        DeviceState device = transaction.device();
        long sequence = device.progress().cursor().sequence();
        transaction.device(device.with(new Proof(Proof.Level.L1, equal, nowMillis, look.records(), sequence)));
    }
}
