package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.document.Document;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how fast records travel, both ends and the server in one process with real files. On the embedded database, or on
 * the one whose address {@code -Dholdfast.figures.database} gives. Asserts no time: a machine is never twice the same.
 */
@Tag("long")
class FiguresTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RECORDS = 100_000;
    private static final int ROUNDS = 500;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Garden garden = Garden.open();

    @BeforeEach
    void useADatabase() {
        garden.close();
        String url = System.getProperty("holdfast.figures.database", "");
        Database database =
                url.isEmpty() ? SqliteDatabase.open(folder.resolve("server.db")) : PostgresDatabase.open(url);
        garden = opened(Garden.over(SqlServerStorage.open(database, List.of(Garden.SCHEMA))));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private Store store(String name) {
        return opened(Store.open(folder.resolve(name), Garden.SCHEMA, Garden.SCOPE, StoreOptions.defaults()));
    }

    private SyncClient connect(Store store, boolean hints) {
        return opened(SyncClient.connect(
                store, ClientOptions.of(garden.address(), garden.token()).withHints(hints)));
    }

    @Test
    void firstPushAndFirstPull() throws InterruptedException {
        Store phone = store("phone");
        for (int from = 0; from < RECORDS; from += 1_000) {
            phone.putAll("plants", documents(from, 1_000));
        }
        print("pushed", phone);

        Store laptop = store("laptop");
        SyncClient pulling = print("pulled", laptop);
        SyncResult level = pulling.syncNow(PATIENCE);
        assertThat(level.proven()).isTrue();
        System.out.printf(
                "proof of %,d equal records: %d round trip, %d bytes%n",
                level.proof().orElseThrow().records(),
                level.totals().traffic().roundTrips(),
                level.totals().traffic().sentBytes() + level.totals().traffic().receivedBytes());
    }

    private SyncClient print(String what, Store store) throws InterruptedException {
        long begun = System.nanoTime();
        Duration cpu = cpu();
        SyncClient client = connect(store, false);
        SyncResult result = client.awaitLevel(PATIENCE);
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(result.proven()).isTrue();
        System.out.printf(
                "%s %,d records: %,d a second; %.1f s of processor time, database apart; %s%n",
                what,
                RECORDS,
                Math.round(RECORDS / seconds),
                cpu().minus(cpu).toMillis() / 1e3,
                result.totals().traffic());
        return client;
    }

    /** Tells more than the clock where other programs keep the processor busy. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static List<Document> documents(int from, int count) {
        List<Document> documents = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            TreeMap<String, FieldEdit> edits = new TreeMap<>();
            edits.put("name", text("rose " + i % 1_000));
            edits.put("notes", text("planted beside the wall, in the shade of tree number " + i));
            edits.put("height", new FieldEdit.Assign(new Value.Int(i)));
            documents.add(new Document(Optional.empty(), edits));
        }
        return documents;
    }

    private static FieldEdit text(String text) {
        return new FieldEdit.Assign(new Value.Text(text));
    }

    @Test
    void writtenHereVisibleThere() throws InterruptedException {
        Store phone = store("phone");
        Store laptop = store("laptop");
        assertThat(connect(phone, true).syncNow(PATIENCE).level()).isTrue();
        assertThat(connect(laptop, true).syncNow(PATIENCE).level()).isTrue();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        opened(laptop.onCommit(keys -> keys.forEach(key -> seen.add(key.id()))));

        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            String id = "p" + i;
            long begun = System.nanoTime();
            phone.collection("plants").put(id, Map.of("name", text("rose")));
            String arrived = "";
            while (!arrived.equals(id)) {
                arrived = Optional.ofNullable(seen.poll(10, TimeUnit.SECONDS)).orElseThrow();
            }
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "written on one device, visible on another, both durable: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 95 / 100] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6);
    }
}
