package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast the storages are, side by side with the plainest statement that could do the same; asserts no time. */
@Tag("long")
class StorageSpeedTest {

    private static final int RECORDS = 100_000;
    private static final int WARMING = 20_000;
    private static final int PAGE = 4_000;

    private static final CollectionSchema ENTRIES = CollectionSchema.of(
            "entries",
            List.of(
                    Field.of("account", Simple.TEXT),
                    Field.of("at", Simple.INSTANT),
                    Field.of("notes", Simple.TEXT),
                    Field.of("potency", Simple.INTEGER),
                    Field.of("amount", new FieldType.Decimal(18, 8)).withMerge(MergeRule.SERVER),
                    Field.of("views", Simple.INTEGER).withMerge(MergeRule.COUNTER)),
            List.of(new Index(List.of("account", "at"), Index.Kind.ORDERED)));

    private static final Schema SCHEMA = new Schema("journal", 1, new TreeMap<>(Map.of("entries", ENTRIES)));

    @TempDir
    Path folder;

    @Test
    void postgres() throws SQLException {
        for (int size : new int[] {1_000, 2_000}) {
            String url = PostgresServer.freshUrl();
            try (ServerStorage storage = SqlServerStorage.open(PostgresDatabase.open(url), List.of(SCHEMA))) {
                measure("PostgreSQL", storage, size);
            }
            bareUpsert(PostgresServer.freshUrl(), size);
        }
    }

    @Test
    void sqlite() {
        Path file = folder.resolve("speed.db");
        try (ServerStorage storage = SqlServerStorage.open(SqliteDatabase.open(file), List.of(SCHEMA))) {
            measure("SQLite", storage, 1_000);
        }
    }

    private static void measure(String engine, ServerStorage storage, int size) {
        batches(size, RECORDS);
        append(storage, "warming", size, WARMING);
        page(storage, "warming");
        report(engine + " append of " + size, RECORDS, () -> append(storage, "scope", size, RECORDS));
        report(
                engine + " pages of " + PAGE,
                RECORDS,
                () -> assertThat(page(storage, "scope")).isEqualTo(RECORDS));
        report(engine + " digests", RECORDS, () -> assertThat(digests(storage)).isEqualTo(RECORDS));
        report(engine + " rows", RECORDS, () -> assertThat(rows(storage)).isEqualTo(RECORDS));
    }

    private static void append(ServerStorage storage, String scope, int size, int records) {
        List<List<ServerRecord>> batches = batches(size, records);
        for (List<ServerRecord> batch : batches) {
            ScopeView.Touch touch = new ScopeView.Touch(
                    "phone", batch.stream().map(ServerRecord::key).toList(), List.of());
            storage.append(scope, touch, view -> {
                long last = batch.getLast().sequence();
                return new ScopeUpdate<>(
                        Optional.of(Samples.head(scope, last)),
                        Optional.of(Samples.replica("phone", last)),
                        Optional.of(new ChainLink(last, "%032x".formatted(last), last)),
                        batch,
                        List.of(),
                        last);
            });
        }
    }

    private static final Map<Integer, List<List<ServerRecord>>> MADE = new TreeMap<>();

    private static List<List<ServerRecord>> batches(int size, int records) {
        return MADE.computeIfAbsent(
                size * 1_000_000 + records,
                key -> IntStream.range(0, records / size)
                        .mapToObj(batch -> IntStream.range(0, size)
                                .mapToObj(i -> entry(batch * size + i))
                                .toList())
                        .toList());
    }

    private static ServerRecord entry(int i) {
        Value views = CounterValue.zero(0).add(17, i);
        Map<String, Value> values = Map.of(
                "account", new Value.Text("account-" + i % 100),
                "at", new Value.Time(1_780_000_000_000_000L + i * 1_000L),
                "notes", new Value.Text("Leaves are yellow at the edges, soil dry to the second knuckle. " + i),
                "potency", new Value.Int(i % 11),
                "amount", new Value.Decimal(BigDecimal.valueOf(i * 100L, 8)),
                "views", views);
        // As a device gives them: the time in front, chance behind.
        String id = "%012x%016x".formatted(1_780_000_000_000L + i / 3, (i * 0x9e3779b97f4a7c15L) >>> 1);
        return Samples.record(new RecordKey("entries", id), Samples.state(values, 1_000 + i), 1 + i);
    }

    private static int page(ServerStorage storage, String scope) {
        List<ServerRecord> page = List.of();
        int seen = 0;
        do {
            long since = page.isEmpty() ? 0 : page.getLast().sequence();
            page = storage.snapshot(scope, snapshot -> snapshot.changesSince(since, PAGE, Long.MAX_VALUE));
            seen += page.size();
        } while (!page.isEmpty());
        return seen;
    }

    private static long digests(ServerStorage storage) {
        Buckets buckets = new Buckets();
        storage.snapshot("scope", snapshot -> {
            snapshot.digests((key, bucket, digest) -> buckets.add(bucket, digest));
            return true;
        });
        return buckets.root().count();
    }

    private static long rows(ServerStorage storage) {
        AtomicLong seen = new AtomicLong();
        storage.snapshot("scope", snapshot -> {
            snapshot.rows(row -> seen.incrementAndGet());
            return true;
        });
        return seen.get();
    }

    /** The same typed table and index, filled by one statement a transaction on one connection, and nothing else. */
    private static void bareUpsert(String url, int size) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE entries (scope text COLLATE \"C\", id text COLLATE \"C\","
                        + " account text COLLATE \"C\", amount numeric(18,8), at timestamptz, notes text, potency bigint,"
                        + " views bigint, PRIMARY KEY (scope, id))");
                statement.execute("CREATE INDEX ON entries (scope, account, at)");
            }
            connection.commit();
            List<List<ServerRecord>> batches = batches(size, RECORDS);
            report("bare unnest upsert of " + size, RECORDS, () -> {
                for (List<ServerRecord> batch : batches) {
                    bareUpsert(connection, batch);
                }
            });
        }
    }

    private static void bareUpsert(Connection connection, List<ServerRecord> batch) {
        String sql = "INSERT INTO entries SELECT ?, i, a, m::numeric, to_timestamp(t / 1e6), n, p, v"
                + " FROM unnest(?::text[], ?::text[], ?::text[], ?::int8[], ?::text[], ?::int8[], ?::int8[])"
                + " AS g(i, a, m, t, n, p, v)"
                + " ON CONFLICT (scope, id) DO UPDATE SET account = excluded.account, amount = excluded.amount,"
                + " at = excluded.at, notes = excluded.notes, potency = excluded.potency, views = excluded.views";
        List<List<Object>> columns = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            columns.add(new ArrayList<>(batch.size()));
        }
        for (ServerRecord row : batch) {
            columns.get(0).add(row.key().id());
            columns.get(1).add(((Value.Text) row.state().value("account")).text());
            columns.get(2)
                    .add(((Value.Decimal) row.state().value("amount")).number().toPlainString());
            columns.get(3).add(((Value.Time) row.state().value("at")).epochMicros());
            columns.get(4).add(((Value.Text) row.state().value("notes")).text());
            columns.get(5).add(((Value.Int) row.state().value("potency")).number());
            columns.get(6).add(((CounterValue) row.state().value("views")).sum());
        }
        String[] types = {"text", "text", "text", "int8", "text", "int8", "int8"};
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "scope");
            for (int i = 0; i < types.length; i++) {
                Object[] values = columns.get(i).toArray(types[i].equals("text") ? new String[0] : new Long[0]);
                statement.setArray(2 + i, connection.createArrayOf(types[i], values));
            }
            statement.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(String what, long records, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-32s %,9.0f records/s%n", what, records / seconds);
    }
}
