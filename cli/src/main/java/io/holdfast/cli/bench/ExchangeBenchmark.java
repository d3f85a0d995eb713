package io.holdfast.cli.bench;

import io.holdfast.cli.bench.system.Stopwatch;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.document.Document;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Devices and a server in this process, talking HTTP over the loopback, real files and a real database at both ends. All of
 * them share this machine's processors.
 */
final class ExchangeBenchmark {

    static final String SCOPE = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int CHUNK = 1_000;
    private static final int HOPS = 300;

    static final Schema SCHEMA = SchemaJson.read("""
            { "name": "bench", "version": 1, "collections": { "entries": {
                "fields": { "account": {"type": "TEXT", "required": true}, "at": {"type": "INSTANT", "required": true},
                            "notes": {"type": "TEXT", "maxLength": 10000}, "potency": {"type": "INTEGER", "min": 0, "max": 10},
                            "amount": {"type": "DECIMAL(18,8)", "merge": "SERVER"},
                            "views": {"type": "INTEGER", "merge": "COUNTER"} },
                "indexes": [["account", "at"]] } } }
            """);

    private final Path folder;
    private final int records;
    private final Consumer<Figure> report;

    ExchangeBenchmark(Path folder, int records, Consumer<Figure> report) {
        this.folder = folder;
        this.records = records;
        this.report = report;
    }

    void run(Database database, String name) throws InterruptedException, SQLException {
        Path phoneFile = folder.resolve(name + "-phone.db");
        try (BenchServer server = BenchServer.start(database, SCHEMA, SCOPE);
                Store phone = open(phoneFile);
                Store laptop = open(folder.resolve(name + "-laptop.db"))) {
            fill(phone);
            try (SyncClient pushing = SyncClient.connect(phone, quiet(server))) {
                push(pushing, name);
                try (SyncClient pulling = SyncClient.connect(laptop, quiet(server))) {
                    pull(pulling, name);
                }
                prove(pushing, name);
                repair(pushing, phoneFile, name);
            }
            hops(server, phone, laptop, name);
        }
    }

    private static Store open(Path file) {
        return Store.open(file, SCHEMA, SCOPE, StoreOptions.defaults());
    }

    /** Exchanges only when asked to. */
    private static ClientOptions quiet(BenchServer server) {
        return ClientOptions.of(server.address(), server.token()).withHints(false);
    }

    private void fill(Store store) {
        for (int from = 0; from < records; from += CHUNK) {
            List<Document> documents = new ArrayList<>(CHUNK);
            for (int i = from; i < Math.min(records, from + CHUNK); i++) {
                documents.add(document(i));
            }
            store.putAll("entries", documents);
        }
    }

    private static Document document(int number) {
        TreeMap<String, FieldEdit> edits = new TreeMap<>();
        edits.put("account", assign(new Value.Text("account-" + number % 150)));
        edits.put("at", assign(new Value.Time(1_700_000_000_000_000L + number * 1_000_000L)));
        edits.put("notes", assign(new Value.Text("what somebody wrote down about session " + number)));
        edits.put("potency", assign(new Value.Int(number % 11)));
        edits.put("amount", assign(new Value.Decimal(BigDecimal.valueOf(number * 12_345L, 8))));
        edits.put("views", new FieldEdit.Add(1));
        return new Document(Optional.empty(), edits);
    }

    private static FieldEdit assign(Value value) {
        return new FieldEdit.Assign(value);
    }

    private void push(SyncClient client, String name) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        SyncResult result = proven(client.awaitLevel(PATIENCE));
        double seconds = watch.seconds();
        report.accept(new Figure("first push, " + name, records / seconds, "records/s", "goal on PostgreSQL 25,000"));
        report.accept(new Figure(
                "  bytes sent for each record, compressed",
                (double) result.totals().traffic().sentBytes() / records,
                "bytes",
                ""));
    }

    private void pull(SyncClient client, String name) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        proven(client.awaitLevel(PATIENCE));
        report.accept(
                new Figure("first pull, " + name, records / watch.seconds(), "records/s", "goal on PostgreSQL 40,000"));
    }

    private void prove(SyncClient client, String name) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        SyncResult result = proven(client.syncNow(PATIENCE));
        var traffic = result.totals().traffic();
        report.accept(new Figure(
                "proof of " + records + " equal records, " + name, traffic.roundTrips(), "round trips", "goal 1"));
        report.accept(new Figure("  time", watch.millis(), "ms", ""));
        report.accept(
                new Figure("  whole request, compressed, without HTTP headers", traffic.sentBytes(), "bytes", ""));
        report.accept(new Figure(
                "  whole answer, compressed, without HTTP headers",
                traffic.receivedBytes(),
                "bytes",
                "of which fingerprint and count about 70; goal 200"));
    }

    /** Damages one row behind the store's back, as a bad sector or another program would. */
    private void repair(SyncClient client, Path file, String name) throws InterruptedException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.executeUpdate("UPDATE entries SET notes = 'damaged' WHERE id = (SELECT min(id) FROM entries)");
        }
        Stopwatch watch = Stopwatch.start();
        SyncClient.Repair repair = client.repair(PATIENCE);
        proven(repair.result());
        report.accept(new Figure(
                "1 damaged of " + records + " found and repaired, " + name,
                repair.result().totals().traffic().roundTrips() - 1.0,
                "round trips",
                "and 1 that proves it; goal 3"));
        report.accept(new Figure("  time, every row read", watch.millis(), "ms", ""));
    }

    private static SyncResult proven(SyncResult result) {
        if (!result.proven()) {
            throw new IllegalStateException("the replicas are not proven equal: " + result);
        }
        return result;
    }

    /** Writes on one device until it shows on another, both ends durable, woken by hints. */
    private void hops(BenchServer server, Store phone, Store laptop, String name) throws InterruptedException {
        ClientOptions hinted = ClientOptions.of(server.address(), server.token());
        SynchronousQueue<Boolean> arrived = new SynchronousQueue<>();
        try (SyncClient from = SyncClient.connect(phone, hinted);
                SyncClient to = SyncClient.connect(laptop, hinted);
                Store.Subscription ignored = laptop.onCommit(keys -> {
                    if (!keys.isEmpty()) {
                        arrived.offer(true);
                    }
                })) {
            proven(from.awaitLevel(PATIENCE));
            proven(to.awaitLevel(PATIENCE));
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < HOPS; i++) {
                Stopwatch watch = Stopwatch.start();
                phone.putAll("entries", List.of(document(records + i)));
                if (arrived.poll(10, TimeUnit.SECONDS) == null) {
                    throw new IllegalStateException("a change did not arrive within ten seconds");
                }
                millis.add(watch.millis());
            }
            millis.sort(Double::compare);
            report.accept(new Figure(
                    "written on one device, visible on another, p50, " + name, millis.get(HOPS / 2), "ms", "goal 15"));
            report.accept(new Figure("  p95", millis.get(HOPS * 95 / 100), "ms", ""));
        }
    }
}
