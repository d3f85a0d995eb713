package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaUpgradeTest {

    private static final String FIRST = """
            "a": { "fields": { "name": {"type": "TEXT"}, "price": {"type": "DECIMAL(18,2)"} }, "indexes": [["name"], ["price"]] }
            """;

    @TempDir
    Path folder;

    private Store open(int version, String collections) {
        String json = "{ \"name\": \"s\", \"version\": " + version + ", \"collections\": {" + collections + "} }";
        return Store.open(folder.resolve("a.holdfast"), SchemaJson.read(json), "ann", StoreOptions.defaults());
    }

    private static FieldEdit text(String text) {
        return new FieldEdit.Assign(new Value.Text(text));
    }

    private static FieldEdit price(String number) {
        return new FieldEdit.Assign(new Value.Decimal(new BigDecimal(number)));
    }

    private static List<String> ids(Store store, Condition condition) {
        return store.collection("a")
                .find(Query.all().where(condition))
                .map(StoredRecord::id)
                .records();
    }

    /** A record as a server with a newer schema sends it. */
    private static void confirm(Store store, RecordKey key, Map<String, Value> values) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((name, value) -> cells.put(name, new Cell(value, new Stamp(5, 7))));
        RecordState state = new RecordState(cells, Stamp.NONE);
        store.storage().write(transaction -> {
            LocalRecord before = transaction.record(key);
            transaction.save(before, before.withConfirmed(state, 4, new Digest(1, 2, 3, 4), 9), state);
            return 0;
        });
    }

    @Test
    void collectionsFieldsAndIndexesAreAddedWithoutLoss() {
        try (Store store = open(1, FIRST)) {
            store.collection("a").put("1", Map.of("name", text("x"), "price", price("1.50")));
        }
        String second = """
                "a": { "fields": { "name": {"type": "TEXT"}, "price": {"type": "DECIMAL(18,2)"},
                    "at": {"type": "INSTANT"}, "views": {"type": "INTEGER", "merge": "COUNTER"} },
                    "indexes": [["name", "at"], ["price"]] },
                "b": { "fields": { "other": {"type": "TEXT"} } }
                """;
        try (Store store = open(2, second)) {
            Records a = store.collection("a");
            assertThat(a.get("1").orElseThrow().value("price")).isEqualTo(new Value.Decimal(new BigDecimal("1.50")));
            a.put("1", Map.of("views", new FieldEdit.Add(2), "at", new FieldEdit.Assign(new Value.Time(3))));
            store.collection("b").put("1", Map.of("other", text("y")));
            assertThat(ids(store, Condition.eq("views", 2))).containsExactly("1");
            assertThat(a.explain(Query.all().where(Condition.eq("name", "x"))))
                    .anyMatch(line -> line.contains("_by a name at"));
            assertThat(store.schema().version()).isEqualTo(2);
        }
        try (Store store = Store.open(folder.resolve("a.holdfast"), StoreOptions.defaults())) {
            assertThat(store.schema().version()).isEqualTo(2);
            assertThat(store.records()).isEqualTo(2);
        }
    }

    @Test
    void whatWasKeptOfUnknownFieldsMovesIntoTheirColumns() {
        Map<String, Value> values = Map.of(
                "name", new Value.Text("x"),
                "mood", new Value.Text("fine"),
                "views", CounterValue.zero(0).add(9, 4));
        RecordKey clean = new RecordKey("a", "clean");
        RecordKey edited = new RecordKey("a", "edited");
        RecordKey foreign = new RecordKey("b", "foreign");
        LocalRecord cleanBefore;
        LocalRecord editedBefore;
        LocalRecord foreignBefore;
        try (Store store = open(1, FIRST)) {
            confirm(store, clean, values);
            confirm(store, edited, values);
            confirm(store, foreign, Map.of("mood", new Value.Text("good")));
            store.collection("a").put("edited", Map.of("name", text("y")));
            store.collection("a").put("plain", Map.of("name", text("z")));
            cleanBefore = store.storage().read(transaction -> transaction.record(clean));
            editedBefore = store.storage().read(transaction -> transaction.record(edited));
            foreignBefore = store.storage().read(transaction -> transaction.record(foreign));
        }
        String second = """
                "a": { "fields": { "name": {"type": "TEXT"}, "price": {"type": "DECIMAL(18,2)"},
                    "mood": {"type": "TEXT", "fullText": true}, "views": {"type": "INTEGER", "merge": "COUNTER"} } },
                "b": { "fields": { "mood": {"type": "TEXT"} } }
                """;
        try (Store store = open(2, second)) {
            assertThat(ids(store, Condition.eq("mood", "fine"))).containsExactly("clean", "edited");
            assertThat(ids(store, Condition.matches("FINE"))).containsExactly("clean", "edited");
            assertThat(ids(store, Condition.eq("views", 4))).containsExactly("clean", "edited");
            assertThat(store.collection("b").get("foreign").orElseThrow().value("mood"))
                    .isEqualTo(new Value.Text("good"));
            LocalRecord cleanAfter = store.storage().read(transaction -> transaction.record(clean));
            LocalRecord editedAfter = store.storage().read(transaction -> transaction.record(edited));
            LocalRecord foreignAfter = store.storage().read(transaction -> transaction.record(foreign));
            assertThat(cleanAfter).isEqualTo(cleanBefore);
            assertThat(editedAfter).isEqualTo(editedBefore);
            assertThat(foreignAfter).isEqualTo(foreignBefore);
        }
    }

    @Test
    void aRecordOfANewCollectionIsShownThoughItsKnownFieldsAreEmpty() {
        RecordKey empty = new RecordKey("b", "empty");
        LocalRecord before;
        try (Store store = open(1, FIRST)) {
            confirm(store, empty, Map.of("mood", Value.NULL, "later", new Value.Text("x")));
            before = store.storage().read(transaction -> transaction.record(empty));
        }
        try (Store store = open(2, FIRST + ", \"b\": { \"fields\": { \"mood\": {\"type\": \"TEXT\"} } }")) {
            assertThat(store.collection("b").get("empty").orElseThrow().values())
                    .isEmpty();
            assertThat(store.records()).isEqualTo(1);
            LocalRecord after = store.storage().read(transaction -> transaction.record(empty));
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void aDecimalOutgrowsItsColumn() {
        try (Store store = open(1, FIRST)) {
            for (String number : List.of("-1.00", "1.50", "20.00", "-30.00")) {
                store.collection("a").put(number, Map.of("price", price(number)));
            }
            store.collection("a").put("none", Map.of("name", text("x")));
        }
        try (Store store = open(2, FIRST.replace("18,2", "30,2"))) {
            store.collection("a").put("wide", Map.of("price", price("1000000000000000000000000.00")));
            List<String> ids = store.collection("a")
                    .find(Query.all().orderBy("price"))
                    .map(StoredRecord::id)
                    .records();
            assertThat(ids).containsExactly("none", "-30.00", "-1.00", "1.50", "20.00", "wide");
            assertThat(store.collection("a").get("-30.00").orElseThrow().value("price"))
                    .isEqualTo(new Value.Decimal(new BigDecimal("-30.00")));
            assertThat(store.collection("a").explain(Query.all().where(Condition.eq("price", 1))))
                    .first()
                    .asString()
                    .contains("_by a price");
        }
    }

    @Test
    void textSearchComesAndGoes() {
        try (Store store = open(1, FIRST)) {
            store.collection("a").put("1", Map.of("name", text("hello world")));
            store.collection("a").put("2", Map.of("price", price("1.00")));
        }
        String searched =
                FIRST.replace("\"name\": {\"type\": \"TEXT\"}", "\"name\": {\"type\": \"TEXT\", \"fullText\": true}");
        try (Store store = open(2, searched)) {
            assertThat(ids(store, Condition.matches("world"))).containsExactly("1");
            store.collection("a").put("2", Map.of("name", text("new world")));
            assertThat(ids(store, Condition.matches("world"))).containsExactly("1", "2");
        }
        try (Store store = open(3, FIRST)) {
            store.collection("a").put("3", Map.of("name", text("world")));
            assertThat(store.records()).isEqualTo(3);
        }
        try (Store store = open(4, searched)) {
            assertThat(ids(store, Condition.matches("world"))).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aDestructiveSchemaIsRefusedAndNothingChanges() {
        try (Store store = open(1, FIRST)) {
            store.collection("a").put("1", Map.of("name", text("x")));
        }
        for (String worse : List.of(
                "\"a\": { \"fields\": { \"name\": {\"type\": \"TEXT\"} } }",
                FIRST.replace("DECIMAL(18,2)", "TEXT"),
                FIRST.replace("\"a\"", "\"b\""))) {
            HoldfastException refused = catchThrowableOfType(
                    HoldfastException.class, () -> open(2, worse).close());
            assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_DESTRUCTIVE);
        }
        try (Store store = open(1, FIRST)) {
            assertThat(store.records()).isEqualTo(1);
            assertThat(store.schema().version()).isEqualTo(1);
        }
    }
}
