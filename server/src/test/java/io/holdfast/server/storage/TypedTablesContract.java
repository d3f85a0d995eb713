package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.note;
import static io.holdfast.server.storage.Samples.noteRecord;
import static io.holdfast.server.storage.Samples.put;
import static io.holdfast.server.storage.Samples.record;
import static io.holdfast.server.storage.Samples.text;
import static io.holdfast.server.storage.Samples.touch;
import static io.holdfast.server.storage.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That records stand in tables which other programs can read, and that what those programs write there is seen. */
abstract class TypedTablesContract {

    SqlEngine engine;
    SqlServerStorage storage;

    abstract SqlEngine newEngine();

    @BeforeEach
    void openStorage() {
        engine = newEngine();
        storage = SqlServerStorage.open(engine.open(), List.of(Samples.SCHEMA));
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void otherProgramsReadPlainValues() {
        RecordState state = Samples.state(
                Map.of(
                        "title", new Value.Text("Füße"),
                        "count", new Value.Int(42),
                        "ratio", new Value.Real(0.5),
                        "done", new Value.Bool(true),
                        "lasted", new Value.Span(90_000_000),
                        "extra", new Value.Json("{\"a\":1}"),
                        "views", CounterValue.zero(0).add(1, 10).add(2, -3),
                        "tags",
                                SetValue.EMPTY
                                        .add("b", 1, 1)
                                        .add("a", 1, 2)
                                        .add("c", 1, 3)
                                        .remove("c")),
                5);
        put(storage, "scope", record(new RecordKey("entries", "x"), state, 1));

        assertThat(column("title")).isEqualTo("Füße");
        assertThat(column("count")).isEqualTo("42");
        assertThat(column("ratio")).isEqualTo("0.5");
        assertThat(column("done")).isIn("t", "1");
        assertThat(column("lasted")).isEqualTo("90000000");
        assertThat(column("extra")).isEqualTo("{\"a\":1}");
        assertThat(column("views")).isEqualTo("7");
        assertThat(column("tags")).isEqualTo("[\"a\",\"b\"]");
        assertThat(column("photo")).isEqualTo("null");
    }

    @Test
    void valuesOfAColumnAreKeptOnlyThere() {
        put(storage, "scope", noteRecord("a", "x".repeat(5_000), 1));
        assertThat(engine.value("SELECT length(meta) < 100 FROM hf_record_head"))
                .isIn("1", "t");
    }

    @Test
    void onlyLiveRecordsHaveARow() {
        put(storage, "scope", noteRecord("a", "1", 1), noteRecord("b", "2", 2));
        put(storage, "scope", record(note("a"), Samples.deleted(text("1", 1), 3), 3));
        assertThat(engine.value("SELECT count(*) FROM notes")).isEqualTo("1");
        assertThat(engine.value("SELECT id FROM notes")).isEqualTo("b");
    }

    @Test
    void instantsAreExactFromTheFirstYearToTheLast() {
        List<String> instants = List.of(
                "0001-01-01T00:00:00.000000Z",
                "0001-12-31T23:59:59.999999Z",
                "1500-02-28T12:00:00.000001Z",
                "1582-10-04T00:00:00.000000Z",
                "1582-10-10T10:10:10.101010Z",
                "1582-10-15T00:00:00.000000Z",
                "1900-03-01T00:00:00.000000Z",
                "1969-12-31T23:59:59.999999Z",
                "2026-03-29T01:30:00.000000Z",
                "9999-12-31T23:59:59.999999Z");
        for (int i = 0; i < instants.size(); i++) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instants.get(i)));
            RecordState state = Samples.state(Map.of("at", new Value.Time(micros)), 1);
            ServerRecord row = record(new RecordKey("entries", "x"), state, 1 + i);
            put(storage, "scope", row);
            assertThat(changes(i)).containsExactly(row);
            assertThat(engine.value(instantText())).isEqualTo(instants.get(i));
        }
    }

    /** A query for the column {@code at} of the only entry in ISO 8601. */
    abstract String instantText();

    @Test
    void decimalsKeepTheirOrderAsTheyStand() {
        List<String> ascending = List.of(
                "-99999999999999999999999999999.999999999",
                "-100.000000001",
                "-0.000000001",
                "0.000000000",
                "0.000000001",
                "7.000000000",
                "99999999999999999999999999999.999999999");
        for (int i = 0; i < ascending.size(); i++) {
            Value wide = new Value.Decimal(new BigDecimal(ascending.get(i)));
            put(storage, "scope", record(new RecordKey("entries", "x" + i), Samples.state(Map.of("wide", wide), 1), i));
        }
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < ascending.size(); i++) {
            ids.append(engine.value("SELECT id FROM entries ORDER BY wide LIMIT 1 OFFSET " + i));
        }
        assertThat(ids.toString()).isEqualTo("x0x1x2x3x4x5x6");
    }

    @Test
    void aForeignUpdateShowsInTheRowsAndNotInTheDigests() {
        ServerRecord before = noteRecord("a", "ours", 1);
        put(storage, "scope", before);
        engine.tamper("UPDATE notes SET text = 'theirs' WHERE id = 'a'");

        ServerRecord row = rows().getFirst();
        assertThat(row.state().value("text")).isEqualTo(new Value.Text("theirs"));
        assertThat(row.digest()).isEqualTo(before.digest());
        assertThat(digestOf(row)).isNotEqualTo(before.digest());
        assertThat(digests()).isEqualTo(Map.of(note("a"), before.digest()));
    }

    @Test
    void everyForeignUpdateShowsWhateverTheColumn() {
        RecordState state = Samples.state(
                Map.of(
                        "title", new Value.Text("title"),
                        "count", Value.NULL,
                        "views", CounterValue.zero(0).add(1, 10),
                        "paid", CounterValue.zero(2).add(1, 10),
                        "tags", SetValue.EMPTY.add("b", 1, 1)),
                5);
        List<String> damages = List.of(
                "title = NULL",
                "count = 7",
                "ratio = 1.5",
                "views = 11",
                "views = NULL",
                "paid = NULL",
                "tags = '[]'",
                "extra = '{}'",
                "tags = NULL");
        for (int i = 0; i < damages.size(); i++) {
            ServerRecord row = record(new RecordKey("entries", "x"), state, 1 + i);
            put(storage, "scope", row);
            assertThat(rows()).containsExactly(row);
            engine.tamper("UPDATE entries SET " + damages.get(i));
            assertThat(digestOf(rows().getFirst())).as(damages.get(i)).isNotEqualTo(row.digest());
        }
    }

    @Test
    void aForeignDeleteShowsInTheRows() {
        put(storage, "scope", noteRecord("a", "1", 1), noteRecord("b", "2", 2));
        engine.tamper("DELETE FROM notes WHERE id = 'a'");
        assertThat(rows()).containsExactly(noteRecord("b", "2", 2));
        assertThat(digests()).hasSize(2);
    }

    @Test
    void aForeignRowShowsWithoutStampsAndWithoutDigest() {
        put(storage, "scope", noteRecord("a", "1", 1));
        engine.tamper("INSERT INTO notes (scope, id, text) VALUES ('scope', 'z', 'theirs')");

        ServerRecord foreign = rows().stream()
                .filter(row -> row.key().equals(note("z")))
                .findFirst()
                .orElseThrow();
        assertThat(foreign.state().value("text")).isEqualTo(new Value.Text("theirs"));
        assertThat(foreign.state().stamp("text")).isEqualTo(Stamp.NONE);
        assertThat(foreign.digest()).isEqualTo(Digest.NONE);
        assertThat(foreign.sequence()).isZero();
        assertThat(foreign.bucket()).isEqualTo(new Digester(Samples.KEY).bucket(note("z")));
        assertThat(changes(0)).containsExactly(noteRecord("a", "1", 1));
    }

    @Test
    void ourRecordTakesThePlaceOfAForeignRow() {
        put(storage, "scope", noteRecord("a", "1", 1));
        engine.tamper("INSERT INTO notes (scope, id, text) VALUES ('scope', 'z', 'theirs')");
        ServerRecord ours = noteRecord("z", "ours", 2);
        storage.append("scope", touch(note("z")), view -> update("scope", 2, ours));

        assertThat(rows()).containsExactlyInAnyOrder(noteRecord("a", "1", 1), ours);
        assertThat(changes(1)).containsExactly(ours);
    }

    @Test
    void aForeignRowOfATombstoneShows() {
        put(storage, "scope", record(note("a"), Samples.deleted(text("1", 1), 3), 1));
        engine.tamper("INSERT INTO notes (scope, id, text) VALUES ('scope', 'a', 'theirs')");
        assertThat(rows()).hasSize(1);
        assertThat(rows().getFirst().digest()).isEqualTo(Digest.NONE);
    }

    @Test
    void namesThatAreTakenGetAnUnderscore() {
        CollectionSchema odd = CollectionSchema.of(
                "hf_scope",
                List.of(
                        Field.of("scope", Simple.TEXT),
                        Field.of("xmin", Simple.INTEGER),
                        Field.of("order", Simple.TEXT),
                        Field.of("ctid", Simple.TEXT)),
                List.of(new Index(List.of("scope", "order"), Index.Kind.ORDERED)));
        CollectionSchema keyword = CollectionSchema.of("select", List.of(Field.of("from", Simple.TEXT)), List.of());
        CollectionSchema catalogue = CollectionSchema.of("pg_class", List.of(Field.of("oid", Simple.TEXT)), List.of());
        CollectionSchema reviews = CollectionSchema.of("reviews", List.of(Field.of("text", Simple.TEXT)), List.of());
        Schema schema = new Schema(
                "odd",
                1,
                new TreeMap<>(Map.of("hf_scope", odd, "select", keyword, "pg_class", catalogue, "reviews", reviews)));
        try (SqlServerStorage other = SqlServerStorage.open(engine.open(), List.of(schema))) {
            Map<String, Value> values = Map.of(
                    "scope", new Value.Text("s"),
                    "xmin", new Value.Int(1),
                    "order", new Value.Text("o"),
                    "ctid", new Value.Text("c"));
            ServerRecord row = record(new RecordKey("hf_scope", "a"), Samples.state(values, 1), 1);
            Map<String, Value> from = Map.of("from", new Value.Text("f"));
            ServerRecord second = record(new RecordKey("select", "a"), Samples.state(from, 2), 2);
            Map<String, Value> oid = Map.of("oid", new Value.Text("f"));
            ServerRecord third = record(new RecordKey("pg_class", "a"), Samples.state(oid, 2), 3);
            put(other, "odd", row, second, third);

            assertThat(other.<List<ServerRecord>>snapshot("odd", snapshot -> snapshot.changesSince(0, 9, 9_999)))
                    .containsExactly(row, second, third);
            assertThat(engine.value("SELECT _scope FROM _hf_scope")).isEqualTo("s");
            assertThat(engine.value("SELECT oid FROM _pg_class")).isEqualTo("f");
        }
    }

    @Test
    void systemCollectionsHaveATableToo() {
        Map<String, Value> values = Map.of("status", new Value.Text("OPEN"), "candidate", new Value.Json("1"));
        ServerRecord review = record(new RecordKey("_reviews", "a"), Samples.state(values, 1), 1);
        put(storage, "scope", review);
        assertThat(changes(0)).containsExactly(review);
        assertThat(engine.value("SELECT status FROM _reviews")).isEqualTo("OPEN");
    }

    @Test
    void longTextsFitIntoIndexedColumns() {
        String random = new java.util.SplittableRandom(5)
                .ints(200_000, 0x4e00, 0x9fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        RecordState state = Samples.state(Map.of("title", new Value.Text(random)), 1);
        ServerRecord row = record(new RecordKey("entries", "x"), state, 1);
        put(storage, "scope", row);
        assertThat(changes(0)).containsExactly(row);
    }

    @Test
    void aSnapshotStaysOneStateWhileOthersWrite() {
        put(storage, "scope", noteRecord("a", "1", 1));
        storage.snapshot("scope", snapshot -> {
            assertThat(snapshot.changesSince(0, 10, 9_999)).hasSize(1);
            put(storage, "scope", noteRecord("a", "changed", 2), noteRecord("b", "2", 3));
            assertThat(snapshot.changesSince(0, 10, 9_999)).containsExactly(noteRecord("a", "1", 1));
            assertThat(snapshot.head()).contains(Samples.head("scope", 1));
            return true;
        });
        assertThat(changes(0)).hasSize(2);
    }

    private String column(String name) {
        return engine.value("SELECT " + name + " FROM entries WHERE scope = 'scope' AND id = 'x'");
    }

    private List<ServerRecord> changes(long since) {
        return storage.snapshot("scope", snapshot -> snapshot.changesSince(since, 1_000, Long.MAX_VALUE));
    }

    private List<ServerRecord> rows() {
        return storage.snapshot("scope", ServerStorageContract::rows);
    }

    private Map<RecordKey, Digest> digests() {
        return storage.snapshot("scope", ServerStorageContract::digests);
    }

    private static Digest digestOf(ServerRecord row) {
        return new Digester(Samples.KEY).digest(row.key(), row.state());
    }
}
