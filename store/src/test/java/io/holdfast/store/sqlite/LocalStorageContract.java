package io.holdfast.store.sqlite;

import static io.holdfast.store.sqlite.Samples.confirmed;
import static io.holdfast.store.sqlite.Samples.deleted;
import static io.holdfast.store.sqlite.Samples.digest;
import static io.holdfast.store.sqlite.Samples.inFlight;
import static io.holdfast.store.sqlite.Samples.note;
import static io.holdfast.store.sqlite.Samples.offer;
import static io.holdfast.store.sqlite.Samples.pending;
import static io.holdfast.store.sqlite.Samples.quarantined;
import static io.holdfast.store.sqlite.Samples.refusedOffer;
import static io.holdfast.store.sqlite.Samples.save;
import static io.holdfast.store.sqlite.Samples.state;
import static io.holdfast.store.sqlite.Samples.titled;
import static io.holdfast.store.sqlite.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import io.holdfast.core.account.Account;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every {@link LocalStorage} keeps to. */
abstract class LocalStorageContract {

    private static final RecordState RICH = state(
            5,
            Map.of(
                    "title",
                    new Value.Text("a"),
                    "body",
                    Value.NULL,
                    "price",
                    new Value.Decimal(new BigDecimal("1.50")),
                    "views",
                    CounterValue.zero(0).add(7, 3).add(9, -1),
                    "tags",
                    SetValue.EMPTY.add("x", 7, 1).add("y", 7, 2).remove("x"),
                    "unknown",
                    new Value.Real(0.1)));

    /** An empty store of {@link Samples#SCHEMA} and {@link Samples#DEVICE}. */
    abstract LocalStorage storage();

    private void write(Consumer<LocalTransaction> body) {
        storage().write(transaction -> {
            body.accept(transaction);
            return Optional.empty();
        });
    }

    private void store(LocalRecord... records) {
        write(transaction -> List.of(records).forEach(record -> save(transaction, record)));
    }

    /** Anything a reading transaction says. */
    Object seen(Function<LocalTransaction, ?> query) {
        return storage().<Object>read(query::apply);
    }

    private LocalRecord read(RecordKey key) {
        return storage().read(transaction -> transaction.record(key));
    }

    private List<String> ids(Function<LocalTransaction, List<LocalRecord>> query) {
        return storage().read(query).stream().map(record -> record.key().id()).toList();
    }

    @Test
    void whatWasNeverStoredIsAbsent() {
        assertThat(read(note("a"))).isEqualTo(LocalRecord.absent(note("a")));
        assertThat(read(new RecordKey("nowhere", "a"))).isEqualTo(LocalRecord.absent(new RecordKey("nowhere", "a")));
    }

    @Test
    void keepsAConfirmedRecordWithCellsOfEveryKind() {
        LocalRecord record = confirmed(note("a"), RICH, 4);
        store(record);
        assertThat(read(note("a"))).isEqualTo(record);
    }

    @Test
    void keepsStampsThatDifferFieldByField() {
        RecordState mixed = new RecordState(
                new TreeMap<>(Map.of(
                        "title", titled(3, "a").cells().get("title"),
                        "price",
                                state(9, Map.of("price", new Value.Decimal(new BigDecimal("0.01"))))
                                        .cells()
                                        .get("price"))),
                Samples.stamp(2));
        store(confirmed(note("a"), mixed, 4));
        assertThat(read(note("a")).confirmed()).isEqualTo(mixed);
    }

    @Test
    void keepsTheBaseUnderEveryKindOfLayer() {
        LocalRecord base = confirmed(note("a"), RICH, 4);
        List<LocalRecord> forms = List.of(
                with(base, pending(1, 0, titled(9, "b"))),
                with(base, offer(-1, RICH), pending(1, 1, titled(9, "b"))),
                with(base, inFlight(1, 1, titled(9, "b")), pending(2, 0, titled(10, "c"))),
                with(base, inFlight(2, 2, titled(9, "b")), quarantined(1, 0, titled(10, "c"))),
                with(LocalRecord.absent(note("a")), pending(1, 0, deleted(titled(9, "b"), 8))),
                base,
                LocalRecord.absent(note("a")));
        for (LocalRecord form : forms) {
            store(form);
            assertThat(read(note("a"))).isEqualTo(form);
        }
    }

    @Test
    void keepsTombstonesWithTheirCells() {
        LocalRecord gone = confirmed(note("a"), deleted(RICH, 8), 4);
        store(confirmed(note("a"), RICH, 3));
        store(gone);
        assertThat(read(note("a"))).isEqualTo(gone);
    }

    @Test
    void keepsValuesThatAreNotOfTheFieldsType() {
        LocalRecord odd = confirmed(
                note("a"),
                state(
                        5,
                        Map.of(
                                "title", new Value.Int(1),
                                "price", new Value.Decimal(new BigDecimal("1.234")),
                                "views", new Value.Text("many"),
                                "tags", new Value.Bool(true))),
                4);
        store(odd);
        assertThat(read(note("a"))).isEqualTo(odd);
    }

    @Test
    void keepsRecordsOfCollectionsItDoesNotKnow() {
        LocalRecord foreign = confirmed(new RecordKey("future", "a"), RICH, 4);
        store(foreign, confirmed(note("a"), RICH, 5));
        assertThat(read(foreign.key())).isEqualTo(foreign);
        assertThat(ids(transaction -> transaction.scan(Optional.empty(), 10))).hasSize(2);
    }

    @Test
    void readsItsOwnWrites() {
        LocalRecord record = with(confirmed(note("a"), RICH, 4), pending(1, 0, titled(9, "b")));
        write(transaction -> {
            save(transaction, record);
            assertThat(transaction.record(note("a"))).isEqualTo(record);
            assertThat(transaction.pending(9)).containsExactly(record);
            transaction.lastTime(77);
            assertThat(transaction.lastTime()).isEqualTo(77);
        });
    }

    @Test
    void aFailedWriteLeavesNothing() {
        store(confirmed(note("a"), RICH, 4));
        Map<String, Object> before = everything();
        assertThatThrownBy(() -> write(transaction -> {
                    save(transaction, with(confirmed(note("a"), titled(9, "b"), 6), pending(5, 0, titled(10, "c"))));
                    save(transaction, confirmed(note("b"), RICH, 5));
                    save(transaction, confirmed(new RecordKey("future", "b"), RICH, 7));
                    transaction.nextOrder();
                    transaction.lastTime(99);
                    transaction.account(Account.EMPTY.make());
                    transaction.root(DigestSum.ZERO.plus(digest(1)));
                    transaction.device(transaction.device().with(new DeviceState.ClockOffset(5, 7)));
                    transaction.freeze(batch(1));
                    transaction.history(entry("a"));
                    transaction.setting("server", "x");
                    throw new IllegalArgumentException("on purpose");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");
        assertThat(everything()).isEqualTo(before);
    }

    private Map<String, Object> everything() {
        return storage().read(transaction -> {
            Map<String, Object> all = new HashMap<>();
            all.put("records", transaction.scan(Optional.empty(), 100));
            all.put("pending", transaction.pending(100));
            all.put("device", transaction.device());
            all.put("account", transaction.account());
            all.put("root", transaction.root());
            all.put("time", transaction.lastTime());
            all.put("batches", transaction.frozenCount());
            all.put("history", transaction.history(Long.MAX_VALUE, 100));
            all.put("setting", transaction.setting("server"));
            return all;
        });
    }

    @Test
    void aReadingTransactionDoesNotWrite() {
        List<Consumer<LocalTransaction>> writes = List.of(
                transaction -> save(transaction, confirmed(note("a"), RICH, 4)),
                transaction -> transaction.regroup(1, 2),
                LocalTransaction::nextOrder,
                transaction -> transaction.lastTime(1),
                transaction -> transaction.device(Samples.DEVICE),
                transaction -> transaction.account(Account.EMPTY),
                transaction -> transaction.root(DigestSum.ZERO),
                transaction -> transaction.freeze(batch(1)),
                transaction -> transaction.unfreeze(1),
                transaction -> transaction.history(entry("a")),
                transaction -> transaction.resolve(1, "x"),
                transaction -> transaction.setting("a", "b"));
        for (Consumer<LocalTransaction> write : writes) {
            assertThatThrownBy(() -> storage().read(transaction -> {
                        write.accept(transaction);
                        return 0;
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void writingTransactionsDoNotNest() {
        assertThatThrownBy(() -> write(transaction -> write(inner -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nest");
        store(confirmed(note("a"), RICH, 4));
    }

    @Test
    void aTransactionAnswersNothingAfterItsEnd() {
        LocalTransaction escaped = storage().write(transaction -> transaction);
        assertThatThrownBy(() -> escaped.record(note("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(escaped::account).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listsPendingRecordsOldestFirstAndEachOnce() {
        store(
                with(LocalRecord.absent(note("c")), pending(3, 0, titled(1, "c"))),
                with(LocalRecord.absent(note("b")), inFlight(2, 1, titled(1, "b")), pending(9, 0, titled(2, "b"))),
                with(confirmed(note("a"), RICH, 4), offer(-5, RICH), pending(10, 0, titled(9, "a"))),
                with(LocalRecord.absent(note("d")), quarantined(1, 0, titled(1, "d"))));
        assertThat(ids(transaction -> transaction.pending(10))).containsExactly("a", "c", "b");
        assertThat(ids(transaction -> transaction.pending(2))).containsExactly("a", "c");
    }

    @Test
    void listsQuarantinedRecordsOldestFirstAndEachOnce() {
        LocalRecord both = with(
                LocalRecord.absent(note("a")), refusedOffer(-5, titled(1, "a")), quarantined(4, 0, titled(2, "a")));
        LocalRecord second = with(LocalRecord.absent(note("b")), quarantined(2, 0, titled(1, "b")));
        LocalRecord third = with(LocalRecord.absent(note("c")), quarantined(3, 0, titled(1, "c")));
        store(both, second, third);
        List<LocalRecord> listed = storage().read(transaction -> transaction.quarantined(10));
        assertThat(listed).containsExactly(both, second, third);
        assertThat(ids(transaction -> transaction.quarantined(2))).containsExactly("a", "b");
    }

    @Test
    void listsWhatWasRefusedWithOneCode() {
        store(
                with(
                        LocalRecord.absent(note("a")),
                        refusedOffer(-5, titled(1, "a")),
                        quarantined(4, 0, titled(2, "a"))),
                with(LocalRecord.absent(note("b")), quarantined(2, 0, titled(1, "b"))),
                with(LocalRecord.absent(note("c")), pending(3, 0, titled(1, "c"))));
        assertThat(refused(ErrorCode.RULE_REFUSED, Long.MIN_VALUE, 9))
                .containsExactly(Map.entry(-5L, note("a")), Map.entry(2L, note("b")), Map.entry(4L, note("a")));
        assertThat(refused(ErrorCode.RULE_REFUSED, Long.MIN_VALUE, 2)).containsOnlyKeys(-5L, 2L);
        assertThat(refused(ErrorCode.RULE_REFUSED, 2, 9)).containsOnlyKeys(4L);
        assertThat(refused(ErrorCode.RECORD_DAMAGED, Long.MIN_VALUE, 9)).isEmpty();
    }

    private SortedMap<Long, RecordKey> refused(ErrorCode code, long afterOrder, int limit) {
        return storage().read(transaction -> transaction.refused(code, afterOrder, limit));
    }

    @Test
    void listsAndMovesGroups() {
        store(
                with(LocalRecord.absent(note("a")), pending(4, 3, titled(1, "a"))),
                with(LocalRecord.absent(note("b")), pending(3, 3, titled(1, "b"))),
                with(LocalRecord.absent(note("c")), pending(5, 5, titled(1, "c"))),
                with(LocalRecord.absent(note("d")), quarantined(1, 3, titled(1, "d"))),
                with(LocalRecord.absent(note("e")), quarantined(2, 3, titled(1, "e"))));
        assertThat(ids(transaction -> transaction.pendingGroup(3))).containsExactly("b", "a");
        assertThat(ids(transaction -> transaction.quarantinedGroup(3))).containsExactly("d", "e");
        write(transaction -> transaction.regroup(3, 5));
        assertThat(ids(transaction -> transaction.pendingGroup(5))).containsExactly("b", "a", "c");
        assertThat(ids(transaction -> transaction.pendingGroup(3))).isEmpty();
        assertThat(ids(transaction -> transaction.quarantinedGroup(3))).hasSize(2);
    }

    @Test
    void listsWhatIsInABatchOrInQuarantine() {
        store(
                with(LocalRecord.absent(note("a")), inFlight(4, 2, titled(1, "a"))),
                with(LocalRecord.absent(note("b")), inFlight(3, 2, titled(1, "b"))),
                with(LocalRecord.absent(note("c")), inFlight(1, 1, titled(1, "c"))),
                with(LocalRecord.absent(note("d")), quarantined(7, 0, titled(1, "d"))),
                with(LocalRecord.absent(note("e")), quarantined(6, 0, titled(1, "e"))));
        assertThat(ids(transaction -> transaction.inBatch(2))).containsExactly("b", "a");
        assertThat(ids(transaction -> transaction.inBatch(9))).isEmpty();
        assertThat(ids(transaction -> transaction.quarantined(10))).containsExactly("e", "d");
        assertThat(ids(transaction -> transaction.quarantined(1))).containsExactly("e");
    }

    @Test
    void listsWhatWasConfirmedAboveASequence() {
        store(
                confirmed(note("a"), RICH, 4),
                confirmed(note("b"), deleted(RICH, 8), 6),
                with(confirmed(note("c"), RICH, 5), pending(1, 0, titled(9, "c"))));
        assertThat(ids(transaction -> transaction.confirmedAbove(4, 10))).containsExactly("c", "b");
        assertThat(ids(transaction -> transaction.confirmedAbove(0, 1))).containsExactly("a");
    }

    @Test
    void ordersOnlyGrow() {
        long first = storage().write(LocalTransaction::nextOrder);
        long second = storage().write(transaction -> {
            transaction.nextOrder();
            return transaction.nextOrder();
        });
        assertThat(first).isPositive();
        assertThat(second).isEqualTo(first + 2);
    }

    @Test
    void keepsTheDeviceTheAccountAndTheRoot() {
        DeviceState device = new DeviceState(
                new DeviceState.Identity("scope", "r2", -3, Optional.of(new ScopeKey(new byte[32])), true),
                new DeviceState.Progress(
                        new Cursor("e", 9, "c9"),
                        List.of(new Cursor("e", 8, "c8"), Cursor.START),
                        BatchMark.NONE,
                        new BatchMark(3, "hash")),
                new DeviceState.ClockOffset(-12, 5),
                Map.of(Proof.Level.L2, new Proof(Proof.Level.L2, false, 4, 5, 6)));
        Account account = Account.EMPTY.make().make();
        DigestSum root = DigestSum.ZERO.plus(digest(3)).minus(digest(4));
        write(transaction -> {
            transaction.device(device);
            transaction.account(account);
            transaction.root(root);
            transaction.lastTime(42);
        });
        storage().read(transaction -> {
            assertThat(transaction.device()).isEqualTo(device);
            assertThat(transaction.account().made()).isEqualTo(2);
            assertThat(transaction.account().balanced()).isTrue();
            assertThat(transaction.root()).isEqualTo(root);
            assertThat(transaction.lastTime()).isEqualTo(42);
            return 0;
        });
    }

    @Test
    void frozenBatchesComeBackByteForByteLowestFirst() {
        write(transaction -> {
            transaction.freeze(batch(2));
            transaction.freeze(batch(1));
        });
        assertThat(seen(LocalTransaction::firstFrozen)).isEqualTo(Optional.of(batch(1)));
        assertThat(seen(LocalTransaction::frozenCount)).isEqualTo(2);
        write(transaction -> transaction.unfreeze(1));
        assertThat(seen(LocalTransaction::firstFrozen)).isEqualTo(Optional.of(batch(2)));
    }

    private static FrozenBatch batch(long number) {
        byte[] bytes = ("[" + number + "]").getBytes(StandardCharsets.UTF_8);
        return new FrozenBatch(
                new BatchMark(number, "h" + number), new BatchMark(number - 1, "h" + (number - 1)), 1, bytes);
    }

    @Test
    void historyIsReadNewestFirstInPages() {
        write(transaction -> {
            transaction.history(entry("a"));
            transaction.history(entry("b"));
            transaction.history(entry("c"));
        });
        List<HistoryEntry> page = storage().read(transaction -> transaction.history(Long.MAX_VALUE, 2));
        assertThat(page).extracting(entry -> entry.key().id()).containsExactly("c", "b");
        long last = page.getLast().id();
        write(transaction -> transaction.resolve(last, "kept by ann: fine"));
        List<HistoryEntry> older = storage().read(transaction -> transaction.history(last, 9));
        assertThat(older).extracting(entry -> entry.key().id()).containsExactly("a");
        HistoryEntry resolved =
                storage().read(transaction -> transaction.history(last + 1, 1)).getFirst();
        assertThat(resolved.resolution()).isEqualTo("kept by ann: fine");
        assertThat(resolved.lost()).isEqualTo(RICH);
        assertThat(resolved.stands()).isEqualTo(titled(3, "s"));
        assertThat(resolved.kind()).isEqualTo(HistoryEntry.Kind.CONFLICT);
    }

    private static HistoryEntry entry(String id) {
        return new HistoryEntry(0, HistoryEntry.Kind.CONFLICT, note(id), RICH, titled(3, "s"), 4, 5, "");
    }

    @Test
    void settingsAreReplacedAndRemoved() {
        write(transaction -> transaction.setting("server", "https://a"));
        write(transaction -> transaction.setting("server", "https://b"));
        assertThat(seen(transaction -> transaction.setting("server"))).isEqualTo(Optional.of("https://b"));
        write(transaction -> transaction.setting("server", ""));
        assertThat(seen(transaction -> transaction.setting("server"))).isEqualTo(Optional.empty());
    }

    @Test
    void readsManyRecordsAsItReadsOne() {
        List<LocalRecord> records = List.of(
                confirmed(note("a"), RICH, 4),
                with(confirmed(note("b"), RICH, 5), inFlight(1, 1, titled(8, "b")), pending(2, 0, titled(9, "b"))),
                confirmed(note("c\"\\'"), deleted(RICH, 8), 6),
                with(LocalRecord.absent(note("\uD83D\uDE00")), pending(3, 0, titled(1, "d"))),
                LocalRecord.absent(note("nothing")),
                confirmed(
                        new RecordKey("marks", "a"),
                        state(
                                5,
                                Map.of(
                                        "value", new Value.Int(1),
                                        "key", new Value.Text("k"),
                                        "parent", new Value.Text("p"),
                                        "order", new Value.Text("o"))),
                        7),
                confirmed(new RecordKey("future", "a"), RICH, 8),
                LocalRecord.absent(new RecordKey("nowhere", "a")));
        records.forEach(this::store);
        List<RecordKey> keys = records.stream().map(LocalRecord::key).toList();
        List<LocalRecord> all = storage().read(transaction -> transaction.recordsOf(keys));
        assertThat(all).isEqualTo(records);
        List<LocalRecord> two = storage().read(transaction -> transaction.recordsOf(keys.subList(1, 3)));
        assertThat(two).isEqualTo(records.subList(1, 3));
        keys.forEach(key -> assertThat(read(key)).isEqualTo(all.get(keys.indexOf(key))));
    }

    @Test
    void visitsTheDigestsOfLiveConfirmedRecords() {
        store(
                confirmed(note("a"), RICH, 4),
                with(confirmed(note("b"), RICH, 5), pending(1, 0, titled(9, "b"))),
                confirmed(note("c"), deleted(RICH, 8), 6),
                with(LocalRecord.absent(note("d")), pending(2, 0, titled(1, "d"))));
        Map<String, Digest> digests = new HashMap<>();
        storage().read(transaction -> {
            transaction.digests((key, bucket, digest) -> digests.put(key.id() + bucket, digest));
            return 0;
        });
        assertThat(digests).isEqualTo(Map.of("a4", digest(4), "b5", digest(5)));
    }

    @Test
    void listsRecordsUnderUnsettledChangesOnceEachByKey() {
        store(
                confirmed(note("settled"), RICH, 4),
                with(LocalRecord.absent(note("b")), offer(3, titled(1, "p")), pending(4, 0, titled(2, "p"))),
                with(LocalRecord.absent(note("a")), pending(1, 0, titled(1, "p"))),
                with(confirmed(new RecordKey("marks", "z"), titled(2, "m"), 9), pending(2, 0, titled(3, "m"))));
        assertThat(ids(transaction -> transaction.changed(Optional.empty(), 100)))
                .containsExactly("z", "a", "b");
        assertThat(ids(transaction -> transaction.changed(Optional.of(new RecordKey("marks", "z")), 1)))
                .containsExactly("a");
        assertThat(ids(transaction -> transaction.changed(Optional.of(note("a")), 100)))
                .containsExactly("b");
    }

    @Test
    void scansConfirmedRecordsInBytewiseOrder() {
        // U+FF5E sorts before U+1F600 as UTF-8 and after it as UTF-16.
        List<String> ids = List.of("A", "a", "a~", "b", "é", "\uFF5E", "\uD83D\uDE00");
        ids.reversed().forEach(id -> store(confirmed(note(id), RICH, 4)));
        store(
                with(LocalRecord.absent(note("pending")), pending(1, 0, titled(1, "p"))),
                with(confirmed(new RecordKey("marks", "z"), titled(2, "m"), 9), pending(2, 0, titled(3, "m"))));
        assertThat(ids(transaction -> transaction.scan(Optional.empty(), 100)))
                .first()
                .isEqualTo("z");
        assertThat(ids(transaction -> transaction.scan(Optional.of(new RecordKey("marks", "z")), 100)))
                .isEqualTo(ids);
        assertThat(ids(transaction -> transaction.scan(Optional.of(note("a")), 3)))
                .containsExactly("a~", "b", "é");
        assertThat(ids(transaction -> transaction.scan(Optional.of(new RecordKey("n", "x")), 1)))
                .containsExactly("A");
    }

    @Test
    void keepsGapsUnderTheirIdsAndFindsThoseThatAreNotClosed() {
        Gap first = gap(note("a"), Gap.State.OPEN);
        long id = storage().write(transaction -> {
            Trail trail = transaction.trail();
            long given = trail.put(first);
            trail.put(gap(note("b"), Gap.State.REPAIRED));
            return given;
        });
        assertThat(id).isEqualTo(1);
        List<Gap> all = gaps(false, Long.MAX_VALUE, 10);
        assertThat(all).extracting(Gap::id).containsExactly(2L, 1L);
        assertThat(all.getLast()).isEqualTo(first.withId(1));
        assertThat(gaps(true, Long.MAX_VALUE, 10)).containsExactly(first.withId(1));
        assertThat(unclosed(note("a"))).contains(first.withId(1));
        assertThat(unclosed(note("b"))).isEmpty();

        storage().write(transaction -> transaction.trail().put(first.withId(1).moved(Gap.State.REPAIRED, "done", 9)));
        assertThat(unclosed()).isZero();
        long third = storage().write(transaction -> transaction.trail().put(first));
        assertThat(third).isEqualTo(3);
        assertThat(gaps(false, 3, 1)).extracting(Gap::id).containsExactly(2L);
    }

    private static Gap gap(RecordKey key, Gap.State state) {
        return new Gap(
                0,
                Gap.Kind.DIFFERING,
                key,
                RICH,
                RecordState.ABSENT,
                new Gap.Finding("L2", 5, "It was so."),
                state,
                state.closed() ? new Gap.End("done", 6) : Gap.End.NONE);
    }

    @Test
    void forgetsClosedGapsAndWhatWasSaidOfThemWhenThereAreManyNewerOnes() {
        storage().write(transaction -> {
            Trail trail = transaction.trail();
            trail.put(gap(note("closed"), Gap.State.GONE));
            trail.put(gap(note("open"), Gap.State.OPEN));
            trail.add(AuditEntry.of(AuditEntry.Event.GAP_FOUND, "a gap", 1));
            trail.add(new AuditEntry(0, 2, "ann", AuditEntry.Event.CHANGE_DISCARDED, "a decision"));
            for (int i = 2; i < Limits.GAPS_KEPT; i++) {
                trail.put(gap(note("later"), Gap.State.REPAIRED));
                trail.add(AuditEntry.of(AuditEntry.Event.GAP_CLOSED, "later", 3));
            }
            return true;
        });
        assertThat(gaps(false, 3, 10)).extracting(Gap::id).containsExactly(2L, 1L);
        assertThat(entries(3, 10)).extracting(AuditEntry::detail).containsExactly("a decision", "a gap");
        storage().write(transaction -> {
            transaction.trail().put(gap(note("last"), Gap.State.REPAIRED));
            transaction.trail().add(AuditEntry.of(AuditEntry.Event.GAP_CLOSED, "last", 4));
            return true;
        });
        assertThat(gaps(false, 4, 10)).extracting(Gap::id).containsExactly(3L, 2L);
        assertThat(entries(4, 10)).extracting(AuditEntry::detail).containsExactly("later", "a decision");
    }

    @Test
    void keepsWhoDidWhatNewestFirst() {
        storage().write(transaction -> {
            Trail trail = transaction.trail();
            trail.add(AuditEntry.of(AuditEntry.Event.GAP_FOUND, "one", 1));
            trail.add(AuditEntry.of(AuditEntry.Event.STORE_RECOGNISED, "two", 2));
            trail.add(new AuditEntry(0, 3, "ann", AuditEntry.Event.CHANGE_DISCARDED, "three"));
            return true;
        });
        assertThat(entries(Long.MAX_VALUE, 10)).extracting(AuditEntry::detail).containsExactly("three", "two", "one");
        assertThat(entries(3, 1)).extracting(AuditEntry::detail).containsExactly("two");
        assertThat(latest(AuditEntry.Event.STORE_RECOGNISED))
                .contains(new AuditEntry(2, 2, AuditEntry.HOLDFAST, AuditEntry.Event.STORE_RECOGNISED, "two"));
        assertThat(latest(AuditEntry.Event.SERVER_RECOGNISED)).isEmpty();
    }

    @Test
    void nothingOfAGapRemainsIfTheTransactionFails() {
        assertThatThrownBy(() -> storage().write(transaction -> {
                    transaction.trail().put(gap(note("a"), Gap.State.OPEN));
                    transaction.trail().add(AuditEntry.of(AuditEntry.Event.GAP_FOUND, "one", 1));
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(unclosed()).isZero();
        assertThat(entries(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void tellsWhatRowsShowFromWhatTheyShould() {
        LocalRecord record = confirmed(note("a"), RICH, 1);
        storage().write(transaction -> {
            save(transaction, record);
            return true;
        });
        RecordState other = titled(9, "something else");
        assertThat(shown(note("a"), RICH)).isEqualTo(LocalTransaction.Shown.SAME);
        assertThat(shown(note("a"), other)).isEqualTo(LocalTransaction.Shown.OTHER);
        assertThat(shown(note("a"), RecordState.ABSENT)).isEqualTo(LocalTransaction.Shown.OTHER);
        assertThat(shown(note("none"), RICH)).isEqualTo(LocalTransaction.Shown.NOTHING);
    }

    @Test
    void namesRowsThatHaveNeitherARecordNorAChange() {
        RecordState made = titled(9, "made elsewhere");
        storage().write(transaction -> {
            save(transaction, confirmed(note("a"), RICH, 1));
            save(transaction, with(LocalRecord.absent(note("b")), pending(1, 0, titled(2, "unsent"))));
            for (String id : List.of("x", "y")) {
                transaction.save(LocalRecord.absent(note(id)), LocalRecord.absent(note(id)), made);
            }
            return true;
        });
        SortedMap<RecordKey, RecordState> unknown = storage().read(transaction -> transaction.unknownRows(10));
        assertThat(unknown.keySet()).containsExactly(note("x"), note("y"));
        assertThat(unknown.getOrDefault(note("x"), RecordState.ABSENT).value("title"))
                .isEqualTo(made.value("title"));
        assertThat(storage().read(transaction -> transaction.unknownRows(1)).keySet())
                .containsExactly(note("x"));
    }

    @Test
    void changesThatAreTakenAwayAreGoneForTheirTransaction() {
        store(waiting("a", 1), waiting("b", 2), waiting("c", 3), waiting("d", 5), waiting("e", 6));
        write(transaction -> {
            List<LocalRecord> records = transaction.pending(10);
            for (int gone : List.of(1, 2, 4)) {
                transaction.save(
                        records.get(gone), LocalRecord.absent(records.get(gone).key()));
            }
            assertThat(transaction.pending(10)).containsExactly(waiting("a", 1), waiting("d", 5));
            assertThat(transaction.record(note("c"))).isEqualTo(LocalRecord.absent(note("c")));
        });
        assertThat(ids(transaction -> transaction.pending(10))).containsExactly("a", "d");
    }

    @Test
    void aChangeMayComeBackUnderItsOrder() {
        store(waiting("a", 1), waiting("b", 2), waiting("c", 3));
        write(transaction -> {
            List<LocalRecord> records = transaction.pending(10);
            records.forEach(record -> transaction.save(record, LocalRecord.absent(record.key())));
            transaction.save(LocalRecord.absent(note("b")), waiting("b", 2));
        });
        assertThat(seen(transaction -> transaction.pending(10))).isEqualTo(List.of(waiting("b", 2)));
    }

    @Test
    void aChangeMayGoInTheTransactionThatMadeIt() {
        write(transaction -> {
            transaction.save(LocalRecord.absent(note("a")), waiting("a", 1));
            transaction.save(LocalRecord.absent(note("b")), waiting("b", 2));
            transaction.save(waiting("b", 2), LocalRecord.absent(note("b")));
        });
        assertThat(seen(transaction -> transaction.pending(10))).isEqualTo(List.of(waiting("a", 1)));
        assertThat(read(note("b"))).isEqualTo(LocalRecord.absent(note("b")));
    }

    @Test
    void aChangeMayBecomeAnotherInTheTransactionThatMadeIt() {
        LocalRecord other = with(LocalRecord.absent(note("a")), pending(1, 0, titled(9, "other")));
        write(transaction -> {
            transaction.save(LocalRecord.absent(note("a")), waiting("a", 1));
            transaction.save(waiting("a", 1), other);
        });
        assertThat(read(note("a"))).isEqualTo(other);
    }

    static LocalRecord waiting(String id, long order) {
        return with(LocalRecord.absent(note(id)), pending(order, 0, titled(9, "x")));
    }

    private LocalTransaction.Shown shown(RecordKey key, RecordState expected) {
        return storage()
                .read(transaction ->
                        transaction.shown(Map.of(key, expected)).getOrDefault(key, LocalTransaction.Shown.SAME));
    }

    private List<Gap> gaps(boolean unclosedOnly, long belowId, int limit) {
        return storage().read(transaction -> transaction.trail().gaps(unclosedOnly, belowId, limit));
    }

    private Optional<Gap> unclosed(RecordKey key) {
        return storage().read(transaction -> transaction.trail().unclosed(key));
    }

    private long unclosed() {
        return storage().read(transaction -> transaction.trail().unclosed());
    }

    private List<AuditEntry> entries(long belowId, int limit) {
        return storage().read(transaction -> transaction.trail().entries(belowId, limit));
    }

    private Optional<AuditEntry> latest(AuditEntry.Event event) {
        return storage().read(transaction -> transaction.trail().latest(Set.of(event)));
    }
}
