package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go into their columns and come back bit for bit, and keep their order there. */
class ColumnRoundTripTest {

    private static final Schema SCHEMA = SchemaJson.read("""
            { "name": "all", "version": 1, "collections": { "all": { "fields": {
                "text": {"type": "TEXT"}, "int": {"type": "INTEGER"}, "real": {"type": "REAL"},
                "bool": {"type": "BOOLEAN"}, "time": {"type": "INSTANT"}, "span": {"type": "DURATION"},
                "bytes": {"type": "BYTES"}, "json": {"type": "JSON"}, "whole": {"type": "DECIMAL(18,0)"},
                "narrow": {"type": "DECIMAL(18,8)"}, "wide": {"type": "DECIMAL(38,19)"},
                "widest": {"type": "DECIMAL(38,0)"} } } } }
            """);

    private static final Map<String, Gen<? extends Value>> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("text", Gens.texts().map(Value.Text::new)),
            Map.entry("int", Gens.longs().map(Value.Int::new)),
            Map.entry("real", Gens.doubles().map(Value.Real::new)),
            Map.entry("bool", Gens.booleans().map(Value.Bool::new)),
            Map.entry(
                    "time",
                    Gens.instants().map(instant -> new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, instant)))),
            Map.entry("span", Gens.longs().map(Value.Span::new)),
            Map.entry("bytes", Gens.bytes(0, 40).map(Value.Bytes::new)),
            Map.entry("json", Gens.ints().map(number -> new Value.Json("{\"a\":[" + number + ",\"é\",null]}"))),
            Map.entry("whole", Gens.decimals(18, 0).map(Value.Decimal::new)),
            Map.entry("narrow", Gens.decimals(18, 8).map(Value.Decimal::new)),
            Map.entry("wide", Gens.decimals(38, 19).map(Value.Decimal::new)),
            Map.entry("widest", Gens.decimals(38, 0).map(Value.Decimal::new))));

    @TempDir
    Path folder;

    private SqliteLocalStorage storage;

    @BeforeEach
    void open() {
        storage = SqliteLocalStorage.open(
                folder.resolve("a.holdfast"),
                new Opening(Optional.of(SCHEMA), Optional.of("scope"), "replica", 7),
                SqliteOptions.defaults());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void store(String id, Map<String, Value> values) {
        RecordState state = Samples.state(5, values);
        LocalRecord record = Samples.confirmed(new RecordKey("all", id), state, 3);
        storage.write(transaction -> {
            transaction.save(transaction.record(record.key()), record, state);
            return 0;
        });
    }

    @Test
    void everyValueComesBackBitForBit() {
        Gen<Map<String, Value>> records = choices -> {
            Map<String, Value> values = new HashMap<>();
            KINDS.forEach((field, kind) -> values.put(field, kind.next(choices)));
            return values;
        };
        RecordKey key = new RecordKey("all", "a");
        Property.of("values round-trip through their columns").tries(300).forAll(records, values -> {
            store("a", values);
            assertThat(storage.find(key).orElseThrow().values()).isEqualTo(values);
            LocalRecord whole = storage.read(transaction -> transaction.record(key));
            assertThat(whole.confirmed()).isEqualTo(Samples.state(5, values));
        });
    }

    @Test
    void decimalsOfEveryWidthAreOrderedAsNumbers() {
        for (String field : List.of("narrow", "wide", "widest", "whole")) {
            int precision = field.startsWith("wide") ? 38 : 18;
            int scale = field.equals("narrow") ? 8 : field.equals("wide") ? 19 : 0;
            Gen<BigDecimal> decimals = Gens.decimals(precision, scale);
            Property.of("decimals keep their order: " + field).tries(60).forAll(decimals, decimals, (left, right) -> {
                store("a", Map.of(field, new Value.Decimal(left)));
                store("b", Map.of(field, new Value.Decimal(right)));
                List<String> ids = ids(Query.all().orderBy(field));
                assertThat(ids).isEqualTo(left.compareTo(right) <= 0 ? List.of("a", "b") : List.of("b", "a"));
                List<String> less = ids(Query.all().where(Condition.lt(field, right)));
                assertThat(less.contains("a")).isEqualTo(left.compareTo(right) < 0);
            });
        }
    }

    private List<String> ids(Query query) {
        Page<StoredRecord> page = storage.read(transaction -> storage.find(transaction, "all", query));
        return page.map(StoredRecord::id).records();
    }

    @Test
    void theReadableViewShowsWhatPeopleWrite() throws SQLException {
        Map<String, List<String>> numbers = Map.of(
                "narrow", List.of("0.00000000", "-0.00000001", "-9999999999.99999999", "12.50000000"),
                "whole", List.of("0", "-7", "999999999999999999"),
                "wide", List.of("0.0000000000000000000", "-0.0000000000000000001", "-120.5000000000000000000"),
                "widest", List.of("0", "-99999999999999999999999999999999999999", "100"));
        for (var field : numbers.entrySet()) {
            for (String number : field.getValue()) {
                store("a", Map.of(field.getKey(), new Value.Decimal(new BigDecimal(number))));
                assertThat(shown(field.getKey())).isEqualTo(number);
            }
        }
        Map<String, String> instants = Map.of(
                "2026-11-20T08:00:00.000001Z", "2026-11-20T08:00:00.000001Z",
                "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z",
                "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z");
        for (var instant : instants.entrySet()) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant.getKey()));
            store("a", Map.of("time", new Value.Time(micros)));
            assertThat(shown("time")).isEqualTo(instant.getValue());
        }
        store("a", Map.of("bool", new Value.Bool(false)));
        assertThat(shown("bool")).isEqualTo("false");
    }

    private String shown(String field) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.holdfast"));
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT \"" + field + "\" FROM _view_all WHERE id = 'a'")) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return String.join("|", found);
        }
    }
}
