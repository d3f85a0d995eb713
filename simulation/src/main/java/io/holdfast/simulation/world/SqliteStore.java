package io.holdfast.simulation.world;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.StoredRecord;
import io.holdfast.store.sqlite.Opening;
import io.holdfast.store.sqlite.SqliteLocalStorage;
import io.holdfast.store.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A store in a real SQLite file. A killed process leaves the file and its log as they are: the next one opens a copy of both.
 * Not thread-safe.
 */
final class SqliteStore implements DeviceStore {

    private static final Comparator<RecordKey> KEYS =
            Comparator.comparing(RecordKey::collection).thenComparing(RecordKey::id);

    /** What SQLite keeps a database in: the file, and the log of what is not in it yet. */
    private static final List<String> PARTS = List.of("", "-wal");

    private final Stores stores;
    private final Path folder;
    private final Path file;
    private final Schema schema;
    private final SqliteLocalStorage storage;
    private final Damage damage;

    private SqliteStore(Path folder, Schema schema, Opening opening, Stores stores, Path file, Damage damage) {
        this.stores = stores;
        this.folder = folder;
        this.file = file;
        this.schema = schema;
        this.damage = damage;
        this.storage =
                SqliteLocalStorage.open(file, opening, SqliteOptions.defaults().withReaders(1));
        stores.opened(this);
    }

    /** The empty store of a device, in a file of its own in a folder. */
    static SqliteStore of(Path folder, Schema schema, DeviceState device, Stores stores) {
        DeviceState.Identity identity = device.identity();
        Opening opening = new Opening(
                Optional.of(schema), Optional.of(identity.scope()), identity.replica(), identity.incarnation());
        return new SqliteStore(folder, schema, opening, stores, file(folder), new Damage());
    }

    private static Path file(Path folder) {
        try {
            Path fresh = Files.createTempFile(folder, "device", ".holdfast");
            Files.delete(fresh);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T write(Function<LocalTransaction, T> body) {
        return storage.writeAlone(body);
    }

    @Override
    public <T> T read(Function<LocalTransaction, T> body) {
        return storage.read(body);
    }

    @Override
    public List<LocalRecord> records() {
        return read(transaction -> {
            TreeMap<RecordKey, LocalRecord> all = unsettled(transaction);
            transaction.scan(Optional.empty(), Integer.MAX_VALUE).forEach(record -> all.put(record.key(), record));
            return new ArrayList<>(all.values());
        });
    }

    @Override
    public List<LocalRecord> unsettled() {
        return read(transaction -> new ArrayList<>(unsettled(transaction).values()));
    }

    private static TreeMap<RecordKey, LocalRecord> unsettled(LocalTransaction transaction) {
        TreeMap<RecordKey, LocalRecord> found = new TreeMap<>(KEYS);
        DeviceState.Progress progress = transaction.device().progress();
        for (long batch = progress.settled().number() + 1;
                batch <= progress.frozen().number();
                batch++) {
            transaction.inBatch(batch).forEach(record -> found.put(record.key(), record));
        }
        transaction.pending(Integer.MAX_VALUE).forEach(record -> found.put(record.key(), record));
        transaction.quarantined(Integer.MAX_VALUE).forEach(record -> found.put(record.key(), record));
        return found;
    }

    /** A reader sees the fields that the store's schema knows: of a count the sum, of a set the members. */
    @Override
    public boolean shows(RecordKey key, RecordState state) {
        TreeMap<String, Value> expected = new TreeMap<>();
        if (state.live()) {
            storage.schema()
                    .collectionOrUnknown(key.collection())
                    .fields()
                    .keySet()
                    .forEach(name -> expected.put(name, state.value(name)));
        }
        return seen(storage.find(key).map(StoredRecord::values).orElseGet(TreeMap::new))
                .equals(seen(expected));
    }

    private static SortedMap<String, Object> seen(SortedMap<String, Value> values) {
        TreeMap<String, Object> seen = new TreeMap<>();
        values.forEach((name, value) -> {
            if (!value.isNull()) {
                seen.put(name, seen(value));
            }
        });
        return seen;
    }

    private static Object seen(Value value) {
        return switch (value) {
            case CounterValue counter -> counter.sum();
            case SetValue set -> set.members();
            case Value other -> other;
        };
    }

    @Override
    public Damage damage() {
        return damage;
    }

    @Override
    public DeviceStore copy() {
        return opened(schema);
    }

    @Override
    public DeviceStore reopened(Schema next) {
        SqliteStore after = opened(next);
        close();
        return after;
    }

    private SqliteStore opened(Schema next) {
        Path copied = file(folder);
        try {
            for (String part : PARTS) {
                Path from = Path.of(file + part);
                if (Files.exists(from)) {
                    Files.copy(from, Path.of(copied + part));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long incarnation = read(transaction -> transaction.device().identity().incarnation());
        // The device draws the incarnation that counts when it starts; the opening's own is never written under.
        return new SqliteStore(
                folder,
                next,
                new Opening(Optional.of(next), Optional.empty(), "", incarnation),
                stores,
                copied,
                damage.copy());
    }

    @Override
    public void close() {
        storage.close();
    }
}
