package io.holdfast.store.system;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.store.Records;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How fast the store is on this machine, each figure beside a yardstick measured in the same run: a disk is never twice
 * the same. Each run uses fresh files in the folder it is given.
 */
public final class StoreBenchmark {

    private static final int BLOCK_BYTES = 16 << 10;
    private static final int THREADS = 16;
    private static final int WARM_UP = 3_000;
    private static final double PULL_TARGET = 40_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private static final Schema SCHEMA = SchemaJson.read("""
            { "name": "bench", "version": 1, "collections": {
                "entries": { "fields": { "account": {"type": "TEXT", "required": true},
                    "at": {"type": "INSTANT", "required": true}, "notes": {"type": "TEXT"},
                    "potency": {"type": "INTEGER"}, "amount": {"type": "DECIMAL(18,8)"} },
                    "indexes": [["account", "at"]] },
                "plain": { "fields": { "account": {"type": "TEXT"}, "at": {"type": "INSTANT"}, "notes": {"type": "TEXT"},
                    "potency": {"type": "INTEGER"}, "amount": {"type": "DECIMAL(18,8)"} } },
                "texts": { "fields": { "account": {"type": "TEXT"}, "at": {"type": "INSTANT"},
                    "notes": {"type": "TEXT", "fullText": true}, "potency": {"type": "INTEGER"},
                    "amount": {"type": "DECIMAL(18,8)"} } } } }
            """);

    private final Path folder;

    /** A benchmark whose files go into a folder, which must be there. */
    public StoreBenchmark(Path folder) {
        this.folder = folder;
    }

    /**
     * One figure.
     *
     * @param ratio of the value to the yardstick
     */
    public record Figure(String name, double value, String unit, String yardstick, double ratio) {
        @Override
        public String toString() {
            return String.format("%-44s %12.1f %-10s %6.2f x %s", name, value, unit, ratio, yardstick);
        }
    }

    /** Median time of a durable put with one thread, beside overwriting 16 KiB and fsync, in turns. */
    public List<Figure> puts(int rounds) {
        return List.of(
                puts("durable put, p50", "plain", rounds),
                puts("with an index, p50", "entries", rounds),
                puts("with full text, p50", "texts", rounds));
    }

    private Figure puts(String name, String collection, int rounds) {
        try (Store store = open(collection + ".holdfast");
                FileChannel block = FileChannel.open(
                        folder.resolve("block"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Records records = store.collection(collection);
            long[] floor = new long[rounds];
            long[] put = new long[rounds];
            for (int i = -WARM_UP; i < rounds; i++) {
                int round = i;
                keep(floor, i, timed(() -> overwrite(block)));
                keep(put, i, timed(() -> records.add(fields(round))));
            }
            return figure(name, put, floor);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Figure figure(String name, long[] nanos, long[] floor) {
        return new Figure(name, median(nanos) / 1e3, "us", "16 KiB overwrite+fsync", median(nanos) / median(floor));
    }

    /** Durable puts a second with 16 threads, beside SQLite at one transaction a record with one thread. */
    public Figure threads(int records) {
        double raw = rate(records / 4, this::rawPuts);
        try (Store store = open("threads.holdfast")) {
            Records entries = store.collection("entries");
            double grouped = rate(records, count -> inThreads(count, i -> entries.add(fields(i))));
            return new Figure("durable puts, 16 threads", grouped, "records/s", "raw SQLite", grouped / raw);
        }
    }

    /** Records a second that a pull stores, in pages as an exchange has them, digests included. */
    public Figure pulls(int records, int page) {
        try (Store store = open("pulls.holdfast")) {
            Digester digester = new Digester(new ScopeKey(new byte[ScopeKey.LENGTH]));
            double rate = rate(records, count -> {
                for (int start = 0; start < count; start += page) {
                    int from = start;
                    int end = Math.min(from + page, count);
                    store.storage().write(transaction -> confirm(transaction, digester, from, end));
                }
            });
            return new Figure("pulled records stored", rate, "records/s", "40,000 records/s", rate / PULL_TARGET);
        }
    }

    private static boolean confirm(LocalTransaction transaction, Digester digester, int start, int end) {
        List<RecordKey> keys = IntStream.range(start, end)
                .mapToObj(number -> new RecordKey("entries", String.format("018f3b6e-%08d", number)))
                .toList();
        DigestSum root = transaction.root();
        int next = 0;
        for (LocalRecord before : transaction.recordsOf(keys)) {
            int number = start + next++;
            Stamp stamp = new Stamp(HybridTime.ofMillis(1_700_000_000_000L + number), 7);
            TreeMap<String, Cell> cells = new TreeMap<>();
            fields(number).forEach((name, edit) -> cells.put(name, new Cell(((FieldEdit.Assign) edit).value(), stamp)));
            RecordState state = new RecordState(cells, Stamp.NONE);
            Digest digest = digester.digest(before.key(), state);
            LocalRecord after = before.withConfirmed(state, number + 1L, digest, digester.bucket(before.key()));
            transaction.save(before, after, state);
            root = root.plus(digest);
        }
        transaction.root(root);
        return true;
    }

    private static Map<String, FieldEdit> fields(int number) {
        return Map.of(
                "account", new FieldEdit.Assign(new Value.Text("account-" + Math.floorMod(number, 100))),
                "at", new FieldEdit.Assign(new Value.Time(1_700_000_000_000_000L + number * 1_000_000L)),
                "notes", new FieldEdit.Assign(new Value.Text("took it in the morning, felt well, number " + number)),
                "potency", new FieldEdit.Assign(new Value.Int(Math.floorMod(number, 10))),
                "amount", new FieldEdit.Assign(new Value.Decimal(BigDecimal.valueOf(number, 8))));
    }

    private Store open(String name) {
        return Store.open(folder.resolve(name), SCHEMA, "bench", StoreOptions.defaults());
    }

    private static void overwrite(FileChannel block) {
        try {
            block.write(ByteBuffer.allocate(BLOCK_BYTES), 0);
            block.force(false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rawPuts(int count) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("raw.db") + "?jdbc.get_generated_keys=false");
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE entries (id TEXT PRIMARY KEY, account TEXT, at INTEGER, notes TEXT,"
                    + " potency INTEGER, amount INTEGER)");
            statement.execute("CREATE INDEX by_account ON entries (account, at)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < count; i++) {
                    insert.setString(1, String.format("018f3b6e-%08d", i));
                    insert.setString(2, "account-" + i % 100);
                    insert.setLong(3, 1_700_000_000_000_000L + i * 1_000_000L);
                    insert.setString(4, "took it in the morning, felt well, number " + i);
                    insert.setInt(5, i % 10);
                    insert.setLong(6, i);
                    insert.executeUpdate();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inThreads(int count, IntConsumer each) {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        each.accept(number);
                    }
                } finally {
                    running.countDown();
                }
            }));
        }
        try {
            running.await();
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private static double rate(int count, IntConsumer work) {
        long nanos = timed(() -> work.accept(count));
        return (double) count * SECOND_NANOS / nanos;
    }

    private static long timed(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return System.nanoTime() - start;
    }

    private static void keep(long[] times, int round, long nanos) {
        if (round >= 0) {
            times[round] = nanos;
        }
    }

    private static double median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
