package io.holdfast.store.sqlite;

import io.holdfast.core.account.Account;
import io.holdfast.core.audit.Trail;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.FieldMap;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One transaction over one connection. Whoever made it begins, commits and writes the {@linkplain #head head}. */
final class SqliteTransaction implements LocalTransaction {

    private final SqlSession session;
    private final Catalog catalog;
    private final HeadTable heads;
    private final RecordReading records;
    private final LayerWrites writes;
    private final boolean writing;
    private @Nullable StoreHead head;
    private final List<RecordKey> saved = new ArrayList<>(1);
    private StoreHeadTable.Layers layers = StoreHeadTable.Layers.ADDED;
    private @Nullable RecordKey fresh;
    private boolean ended;

    private SqliteTransaction(SqlSession session, Catalog catalog, boolean writing, @Nullable StoreHead head) {
        this.session = session;
        this.catalog = catalog;
        this.writing = writing;
        this.head = head;
        heads = new HeadTable(catalog);
        records = new RecordReading(session, catalog);
        writes = new LayerWrites(session);
    }

    /** A transaction that only reads. */
    static SqliteTransaction reading(SqlSession session, Catalog catalog) {
        return new SqliteTransaction(session, catalog, false, null);
    }

    /** A transaction that may write, from the head that stands. */
    static SqliteTransaction writing(SqlSession session, Catalog catalog, StoreHead head) {
        return new SqliteTransaction(session, catalog, true, head);
    }

    /** Leaves nothing to be written but the head. Whoever commits calls it before, or writes the {@link #writes} with the head. */
    void finish() {
        writes.finish();
    }

    /** What of the layers is still to be written. */
    LayerWrites writes() {
        return writes;
    }

    /** No more calls are answered. */
    void end() {
        ended = true;
    }

    /** Says that the next record to be saved is new, so that nobody needs to look for it: its key was drawn at random. */
    void expectFresh(RecordKey key) {
        fresh = key;
    }

    /** Runs a step of which nothing remains if it throws. */
    <T> T attempt(Supplier<T> step) {
        SqlSession open = writing();
        StoreHead before = head();
        int savedBefore = saved.size();
        writes.finish();
        open.update("SAVEPOINT attempt");
        try {
            T done = step.get();
            writes.finish();
            return done;
        } catch (RuntimeException | Error e) {
            writes.forget();
            open.update("ROLLBACK TO attempt");
            head = before;
            saved.subList(savedBefore, saved.size()).clear();
            throw e;
        } finally {
            open.update("RELEASE attempt");
        }
    }

    /** The head as this transaction leaves it. */
    StoreHead head() {
        requireOpen();
        if (head == null) {
            head = StoreHeadTable.read(session);
        }
        return head;
    }

    /** What this transaction did to changes. */
    StoreHeadTable.Layers layers() {
        return layers;
    }

    /** The records that were saved, in no order; some may be there twice. */
    List<RecordKey> saved() {
        return saved;
    }

    /** The connection, for reading the rows themselves within the transaction. */
    SqlSession reading() {
        requireOpen();
        writes.finish();
        return session;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
    }

    private SqlSession writing() {
        if (!writing) {
            throw new IllegalStateException("a reading transaction does not write");
        }
        requireOpen();
        return session;
    }

    @Override
    public LocalRecord record(RecordKey key) {
        OptionalInt number = catalog.number(reading(), key.collection());
        if (number.isEmpty() || key.equals(fresh)) {
            return LocalRecord.absent(key);
        }
        return records.one(number.getAsInt(), key);
    }

    @Override
    public List<LocalRecord> recordsOf(List<RecordKey> keys) {
        reading();
        return records.all(keys);
    }

    private List<LocalRecord> records(List<LayerTable.Place> places) {
        return recordsOf(places.stream().map(this::key).toList());
    }

    private RecordKey key(LayerTable.Place place) {
        return new RecordKey(catalog.name(session, place.collection()), place.id());
    }

    @Override
    public void save(LocalRecord before, LocalRecord after, RecordState visible) {
        save(before, after);
        RecordKey key = after.key();
        catalog.table(key.collection()).ifPresent(table -> table.show(session, key.id(), visible));
    }

    @Override
    public void save(LocalRecord before, LocalRecord after) {
        RecordKey key = after.key();
        int number = number(key.collection());
        saved.add(key);
        fresh = null;
        if (!before.layers().isEmpty()) {
            layers = StoreHeadTable.Layers.MOVED;
        }
        heads.save(session, number, before, after);
        LayerTable.save(session, writes, number, key.id(), before.layers(), after.layers());
    }

    private int number(String collection) {
        OptionalInt known = catalog.number(writing(), collection);
        if (known.isEmpty()) {
            Catalog.give(session, collection);
            known = catalog.number(session, collection);
        }
        return known.orElseThrow();
    }

    @Override
    public List<LocalRecord> pending(int limit) {
        return records(LayerTable.pending(reading(), limit));
    }

    @Override
    public List<LocalRecord> pendingGroup(long group) {
        return records(LayerTable.ofGroup(reading(), group, Layer.State.PENDING));
    }

    @Override
    public List<LocalRecord> quarantinedGroup(long group) {
        return records(LayerTable.ofGroup(reading(), group, Layer.State.QUARANTINED));
    }

    @Override
    public void regroup(long from, long to) {
        writes.finish();
        LayerTable.regroup(writing(), from, to);
    }

    @Override
    public List<LocalRecord> inBatch(long batch) {
        return records(LayerTable.inBatch(reading(), batch));
    }

    @Override
    public List<LocalRecord> quarantined(int limit) {
        return records(LayerTable.quarantined(reading(), limit));
    }

    @Override
    public SortedMap<Long, RecordKey> refused(ErrorCode code, long afterOrder, int limit) {
        SortedMap<Long, RecordKey> found = new TreeMap<>();
        for (LayerTable.Lying layer : LayerTable.refused(reading(), code, afterOrder, limit)) {
            found.put(layer.order(), key(layer.place()));
        }
        return found;
    }

    @Override
    public List<LocalRecord> confirmedAbove(long sequence, int limit) {
        return records(heads.above(reading(), sequence, limit));
    }

    @Override
    public long nextOrder() {
        writing();
        head = head().withLastOrder(head().lastOrder() + 1);
        return head().lastOrder();
    }

    @Override
    public long lastTime() {
        return head().lastTime();
    }

    @Override
    public void lastTime(long time) {
        writing();
        head = head().withLastTime(time);
    }

    @Override
    public DeviceState device() {
        return head().device();
    }

    @Override
    public void device(DeviceState state) {
        writing();
        head = head().with(state);
    }

    @Override
    public Account account() {
        return head().account();
    }

    @Override
    public void account(Account account) {
        writing();
        head = head().with(account);
    }

    @Override
    public DigestSum root() {
        return head().root();
    }

    @Override
    public void root(DigestSum sum) {
        writing();
        head = head().with(sum);
    }

    @Override
    public void freeze(FrozenBatch batch) {
        LogTables.freeze(writing(), batch);
    }

    @Override
    public Optional<FrozenBatch> firstFrozen() {
        return LogTables.firstFrozen(reading());
    }

    @Override
    public int frozenCount() {
        return LogTables.frozenCount(reading());
    }

    @Override
    public void unfreeze(long number) {
        LogTables.unfreeze(writing(), number);
    }

    @Override
    public void history(HistoryEntry entry) {
        LogTables.remember(writing(), entry);
    }

    @Override
    public List<HistoryEntry> history(long belowId, int limit) {
        return LogTables.history(reading(), belowId, limit);
    }

    @Override
    public void resolve(long historyId, String resolution) {
        LogTables.resolve(writing(), historyId, resolution);
    }

    @Override
    public int forget(long beforeMillis) {
        return LogTables.forget(writing(), beforeMillis);
    }

    /** Gives free pages at the end of the file back, as far as it was made for that. */
    void shrink() {
        // The driver takes one step of a statement that returns nothing, and one step frees one page.
        for (long free = writing().number("PRAGMA freelist_count"); free > 0; free--) {
            session.script(List.of("PRAGMA incremental_vacuum"));
        }
    }

    @Override
    public Optional<String> setting(String name) {
        return LogTables.setting(reading(), name);
    }

    @Override
    public void setting(String name, String value) {
        LogTables.setting(writing(), name, value);
    }

    @Override
    public void digests(DigestVisitor visitor) {
        heads.digests(reading(), visitor);
    }

    @Override
    public List<LocalRecord> scan(Optional<RecordKey> after, int limit) {
        return page(after, limit, heads::after);
    }

    @Override
    public List<LocalRecord> changed(Optional<RecordKey> after, int limit) {
        return page(after, limit, LayerTable::after);
    }

    /** Where the records of one collection stand, after an id (empty text: from the first), in order. */
    @FunctionalInterface
    private interface Places {
        List<LayerTable.Place> after(SqlSession session, int collection, String id, int limit);
    }

    private List<LocalRecord> page(Optional<RecordKey> after, int limit, Places places) {
        List<LocalRecord> found = new ArrayList<>();
        for (Map.Entry<String, Integer> collection : catalog.all(reading()).entrySet()) {
            int side = after.map(key -> bytewise(collection.getKey(), key.collection()))
                    .orElse(1);
            if (side >= 0 && found.size() < limit) {
                String from = side == 0 ? after.orElseThrow().id() : "";
                found.addAll(records(places.after(reading(), collection.getValue(), from, limit - found.size())));
            }
        }
        // A damaged index may give its rows in any order: going on from the last of them might never end.
        if (after.isPresent() && !found.isEmpty() && !follows(found.getLast().key(), after.get())) {
            throw SqliteFailures.outOfOrder(found.getLast().key().toString());
        }
        return found;
    }

    private static boolean follows(RecordKey key, RecordKey after) {
        int side = bytewise(key.collection(), after.collection());
        return side > 0 || (side == 0 && bytewise(key.id(), after.id()) > 0);
    }

    @Override
    public Map<RecordKey, Shown> shown(Map<RecordKey, RecordState> expected) {
        return ShownRows.compare(reading(), catalog, expected);
    }

    @Override
    public SortedMap<RecordKey, RecordState> unknownRows(int limit) {
        TreeMap<RecordKey, RecordState> found = new TreeMap<>();
        catalog.all(reading())
                .forEach((name, number) -> catalog.table(name)
                        .ifPresent(table -> table.unknown(session, number, limit - found.size())
                                .forEach((id, values) -> found.put(new RecordKey(name, id), unstamped(values)))));
        return found;
    }

    private static RecordState unstamped(SortedMap<String, Value> values) {
        FieldMap.Builder<Cell> cells = new FieldMap.Builder<>(values.size());
        values.forEach((name, value) -> cells.put(name, new Cell(value, Stamp.NONE)));
        return new RecordState(cells.build(), Stamp.NONE);
    }

    @Override
    public Trail trail() {
        return new TrailTables(reading(), this::writing);
    }

    private static int bytewise(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
