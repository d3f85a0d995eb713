package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.note;
import static io.holdfast.server.storage.Samples.put;
import static io.holdfast.server.storage.Samples.record;
import static io.holdfast.server.storage.Samples.touch;
import static io.holdfast.server.storage.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.Database;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How typed tables follow the schemas: they only grow, and several processes may be at it at once. */
abstract class SchemaUpgradeContract {

    private static final Field TEXT = Field.of("text", Simple.TEXT);

    SqlEngine engine;

    abstract SqlEngine newEngine();

    @BeforeEach
    void newDatabase() {
        engine = newEngine();
    }

    @Test
    void anIndexOverAFewRecordsCoversThoseOnly() {
        CollectionSchema notes = CollectionSchema.of(
                "notes",
                List.of(TEXT, Field.of("stars", Simple.INTEGER)),
                List.of(new Index(
                        List.of("stars"), Index.Kind.ORDERED, Optional.of(new Index.Where("text", "it's failed")))));
        try (SqlServerStorage storage = open(new Schema("journal", 1, new TreeMap<>(Map.of("notes", notes))))) {
            assertThat(engine.value(indexText())).contains("WHERE", "'it''s failed'", "stars");
        }
    }

    /** A query for the definition of the only index over {@code notes} that Holdfast made for the schema. */
    abstract String indexText();

    @Test
    void addsCollectionsFieldsAndIndexesAndKeepsRecords() {
        ServerRecord old = record(note("a"), Samples.text("old", 1), 1);
        try (SqlServerStorage storage = open(notes(1, TEXT))) {
            put(storage, "scope", old);
        }
        CollectionSchema wider = CollectionSchema.of(
                "notes",
                List.of(TEXT, Field.of("stars", Simple.INTEGER)),
                List.of(new Index(List.of("stars"), Index.Kind.ORDERED)));
        CollectionSchema added = CollectionSchema.of("plants", List.of(Field.of("name", Simple.TEXT)), List.of());
        Schema next = new Schema("journal", 2, new TreeMap<>(Map.of("notes", wider, "plants", added)));
        try (SqlServerStorage storage = open(next)) {
            ServerRecord starred = record(
                    note("b"), Samples.state(Map.of("stars", new Value.Int(5), "text", new Value.Text("new")), 2), 2);
            ServerRecord plant =
                    record(new RecordKey("plants", "p"), Samples.state(Map.of("name", new Value.Text("fern")), 3), 3);
            put(storage, "scope", starred, plant);
            assertThat(changes(storage)).containsExactly(old, starred, plant);
            assertThat(engine.value("SELECT stars FROM notes WHERE id = 'b'")).isEqualTo("5");
        }
    }

    @Test
    void fillsANewColumnWithWhatWasKeptBesideTheRows() {
        List<ServerRecord> written = new ArrayList<>();
        try (SqlServerStorage storage = open(notes(1, TEXT))) {
            for (int i = 1; i <= 2_300; i++) {
                Map<String, Value> values = i % 2 == 0
                        ? Map.of("text", new Value.Text("even"), "stars", new Value.Int(i))
                        : Map.of("text", new Value.Text("odd"));
                written.add(record(note("n%04d".formatted(i)), Samples.state(values, i), i));
            }
            put(storage, "scope", written.toArray(new ServerRecord[0]));
        }
        try (SqlServerStorage storage = open(notes(2, TEXT, Field.of("stars", Simple.INTEGER)))) {
            assertThat(changes(storage)).isEqualTo(written);
            assertThat(storage.<List<ServerRecord>>snapshot("scope", ServerStorageContract::rows))
                    .containsExactlyInAnyOrderElementsOf(written);
            assertThat(engine.value("SELECT sum(stars) FROM notes")).isEqualTo("1323650");
        }
    }

    @Test
    void anOlderProcessKeepsWhatANewerOneAdded() {
        Field stars = Field.of("stars", Simple.INTEGER);
        try (SqlServerStorage older = open(notes(1, TEXT))) {
            put(older, "scope", record(note("a"), Samples.text("a", 1), 1));
            try (SqlServerStorage newer = open(notes(2, TEXT, stars))) {
                ServerRecord starred = record(
                        note("b"), Samples.state(Map.of("text", new Value.Text("b"), "stars", new Value.Int(5)), 2), 2);
                put(newer, "scope", starred);

                assertThat(changes(older)).contains(starred).isEqualTo(changes(newer));
                older.append("scope", touch(note("b")), view -> {
                    ServerRecord seen = Objects.requireNonNull(view.records().get(note("b")));
                    return update("scope", 3, record(note("b"), seen.state(), 3));
                });
                assertThat(changes(newer).getLast()).isEqualTo(record(note("b"), starred.state(), 3));
            }
            assertThat(changes(older)).hasSize(2);
        }
        try (SqlServerStorage again = open(notes(1, TEXT))) {
            assertThat(changes(again).getLast().state().value("stars")).isEqualTo(new Value.Int(5));
        }
    }

    @Test
    void givesDecimalsMoreDigits() {
        List<ServerRecord> written = new ArrayList<>();
        try (SqlServerStorage storage = open(notes(1, Field.of("price", new FieldType.Decimal(9, 2))))) {
            for (String number : List.of("-9999999.99", "-0.01", "0.00", "0.01", "9999999.99")) {
                written.add(price(number, written.size() + 1));
            }
            put(storage, "scope", written.toArray(new ServerRecord[0]));
        }
        for (int digits : new int[] {18, 30, 38}) {
            Field price = Field.of("price", new FieldType.Decimal(digits, 2));
            try (SqlServerStorage storage = open(notes(digits, price))) {
                assertThat(changes(storage)).isEqualTo(written);
                assertThat(storage.<List<ServerRecord>>snapshot("scope", ServerStorageContract::rows))
                        .containsExactlyInAnyOrderElementsOf(written);
                ServerRecord longest = price("9".repeat(digits - 2) + ".99", written.size() + 1);
                written.add(longest);
                put(storage, "scope", longest);
            }
        }
        assertThat(engine.value("SELECT id FROM notes ORDER BY price DESC LIMIT 1"))
                .isEqualTo("n8");
        assertThat(engine.value("SELECT id FROM notes ORDER BY price LIMIT 1")).isEqualTo("n1");
        assertThat(engine.value("SELECT id FROM notes ORDER BY price LIMIT 1 OFFSET 1"))
                .isEqualTo("n2");
    }

    private static ServerRecord price(String number, long sequence) {
        Value value = new Value.Decimal(new BigDecimal(number));
        return record(note("n" + sequence), Samples.state(Map.of("price", value), 1), sequence);
    }

    @Test
    void refusesASchemaThatTakesAway() {
        open(notes(2, TEXT, Field.of("stars", Simple.INTEGER))).close();
        refuses(ErrorCode.SCHEMA_DESTRUCTIVE, notes(3, TEXT), "stars");
        refuses(ErrorCode.SCHEMA_DESTRUCTIVE, notes(3, TEXT, Field.of("stars", Simple.TEXT)), "stars");
        refuses(
                ErrorCode.SCHEMA_DESTRUCTIVE,
                notes(3, TEXT, Field.of("stars", Simple.INTEGER).withMerge(MergeRule.COUNTER)),
                "stars");
        refuses(ErrorCode.SCHEMA_DESTRUCTIVE, notes(1, Field.of("other", Simple.TEXT)), "other");
        open(notes(2, TEXT, Field.of("stars", Simple.INTEGER))).close();
        open(notes(1, TEXT)).close();
    }

    @Test
    void refusesACollectionOfTwoSchemas() {
        Schema other = new Schema("other", 1, notes(1, TEXT).collections());
        assertThatThrownBy(() -> SqlServerStorage.open(engine.open(), List.of(notes(1, TEXT), other)))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INVALID))
                .hasMessageContaining("notes");
        open(notes(1, TEXT)).close();
        refuses(ErrorCode.SCHEMA_MISMATCH, other, "notes");
    }

    @Test
    void servesSeveralSchemasFromOneDatabase() {
        CollectionSchema plants = CollectionSchema.of("plants", List.of(Field.of("name", Simple.TEXT)), List.of());
        Schema garden = new Schema("garden", 1, new TreeMap<>(Map.of("plants", plants)));
        try (SqlServerStorage storage = SqlServerStorage.open(engine.open(), List.of(notes(1, TEXT), garden))) {
            ServerRecord plant =
                    record(new RecordKey("plants", "p"), Samples.state(Map.of("name", new Value.Text("fern")), 1), 1);
            put(storage, "scope", plant);
            assertThat(changes(storage)).containsExactly(plant);
        }
    }

    @Test
    void refusesATableOfAnotherProgram() {
        engine.open().close();
        engine.execute("CREATE TABLE notes (anything INTEGER)");
        refuses(ErrorCode.SCHEMA_MISMATCH, notes(1, TEXT), "notes");
        engine.execute("DROP TABLE notes");
        open(notes(1, TEXT)).close();
    }

    @Test
    void refusesRecordsOfACollectionThatNoSchemaHas() {
        try (SqlServerStorage storage = open(notes(1, TEXT))) {
            ServerRecord stray = record(new RecordKey("stray", "a"), Samples.text("a", 1), 1);
            assertThatThrownBy(() -> put(storage, "scope", stray))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLLECTION_UNKNOWN));
            assertThat(changes(storage)).isEmpty();
        }
    }

    @Test
    void manyProcessesMayMigrateAtOnce() throws Exception {
        atOnce(6, process -> {
            engine.open().close();
            return true;
        });
        open(notes(1, TEXT)).close();
    }

    @Test
    void manyProcessesMayMakeTypedTablesAtOnce() throws Exception {
        List<Database> databases = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            databases.add(engine.open());
        }
        Schema first = notes(1, TEXT);
        Schema second = notes(2, TEXT, Field.of("stars", Simple.INTEGER));
        atOnce(databases.size(), process -> {
            List<Schema> served = List.of(process % 2 == 0 ? first : second);
            try (SqlServerStorage storage = SqlServerStorage.open(databases.get(process), served)) {
                String id = "of" + process;
                return Samples.putNext(storage, "scope", next -> record(note(id), Samples.text(id, next), next));
            }
        });
        try (SqlServerStorage storage = open(first)) {
            assertThat(changes(storage)).extracting(ServerRecord::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
    }

    private static <T> void atOnce(int processes, IntFunction<T> process) throws Exception {
        CyclicBarrier together = new CyclicBarrier(processes);
        List<Callable<T>> starts = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            int number = i;
            starts.add(() -> {
                together.await();
                return process.apply(number);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
            for (Future<T> start : threads.invokeAll(starts)) {
                start.get();
            }
        }
    }

    private void refuses(ErrorCode code, Schema schema, String named) {
        assertThatThrownBy(() -> open(schema))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(named);
    }

    private SqlServerStorage open(Schema schema) {
        return SqlServerStorage.open(engine.open(), List.of(schema));
    }

    private static List<ServerRecord> changes(SqlServerStorage storage) {
        return storage.snapshot("scope", snapshot -> snapshot.changesSince(0, 10_000, Long.MAX_VALUE));
    }

    private static Schema notes(int version, Field... fields) {
        CollectionSchema notes = CollectionSchema.of("notes", List.of(fields), List.of());
        return new Schema("journal", version, new TreeMap<>(Map.of("notes", notes)));
    }
}
