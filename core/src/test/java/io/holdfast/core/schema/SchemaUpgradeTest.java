package io.holdfast.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.schema.SchemaUpgrade.Step;
import io.holdfast.testkit.property.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaUpgradeTest {

    private static final String FIELD = "{\"type\": \"TEXT\"}";

    @Test
    void anEqualSchemaNeedsNothing() {
        assertThat(SchemaUpgrade.between(schema(1, FIELD), schema(1, FIELD)))
                .isEqualTo(new SchemaUpgrade.Additive(List.of()));
    }

    @Test
    void whatIsAdditiveOneWayIsNotTheOtherWay() {
        Property.of("upgrades have a direction")
                .tries(1_000)
                .forAll(SchemaGens.schemas(), SchemaGens.schemas(), (a, b) -> {
                    Schema next = new Schema("s", a.version() + 1, b.collections());
                    assertThat(SchemaUpgrade.between(a, a)).isEqualTo(new SchemaUpgrade.Additive(List.of()));
                    assertThat(SchemaUpgrade.between(next, a)).isInstanceOf(SchemaUpgrade.Destructive.class);
                    if (SchemaUpgrade.between(a, next) instanceof SchemaUpgrade.Additive) {
                        assertThat(next.collections().keySet())
                                .containsAll(a.collections().keySet());
                    }
                });
    }

    @Test
    void addsCollectionsFieldsAndIndexes() {
        Schema before = SchemaJson.read("""
                {"name": "s", "version": 1, "collections": {"a": {"fields": {"x": {"type": "TEXT"}, "y": {"type": "TEXT"}},
                 "indexes": [["x"]]}}}
                """);
        Schema after = SchemaJson.read("""
                {"name": "s", "version": 3, "collections": {
                 "a": {"fields": {"x": {"type": "TEXT"}, "y": {"type": "TEXT"}, "z": {"type": "INTEGER"}}, "indexes": [["z", "y"]]},
                 "b": {"fields": {"q": {"type": "TEXT", "required": true}}}}}
                """);
        CollectionSchema a = after.collection("a").orElseThrow();
        assertThat(SchemaUpgrade.between(before, after))
                .isEqualTo(new SchemaUpgrade.Additive(List.of(
                        new Step.AddField("a", a.field("z").orElseThrow()),
                        new Step.DropIndex("a", new Index(List.of("x"), Index.Kind.ORDERED)),
                        new Step.AddIndex("a", new Index(List.of("z", "y"), Index.Kind.ORDERED)),
                        new Step.AddCollection(after.collection("b").orElseThrow()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"TEXT\", \"required\": true} | {\"type\": \"TEXT\"}",
                "{\"type\": \"TEXT\", \"maxLength\": 5} | {\"type\": \"TEXT\", \"maxLength\": 6}",
                "{\"type\": \"TEXT\", \"maxLength\": 5} | {\"type\": \"TEXT\"}",
                "{\"type\": \"TEXT\", \"pattern\": \"a\"} | {\"type\": \"TEXT\"}",
                "{\"type\": \"TEXT\", \"oneOf\": [\"a\"]} | {\"type\": \"TEXT\", \"oneOf\": [\"b\", \"a\"]}",
                "{\"type\": \"TEXT\", \"oneOf\": [\"a\"]} | {\"type\": \"TEXT\"}",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"fullText\": true}",
                "{\"type\": \"TEXT\", \"sensitivity\": \"SECRET\"} | {\"type\": \"TEXT\", \"sensitivity\": \"PERSONAL\"}",
                "{\"type\": \"REAL\", \"min\": 1, \"max\": 2} | {\"type\": \"REAL\", \"min\": 0.5, \"max\": 2.0}",
                "{\"type\": \"REAL\", \"min\": 1, \"max\": 2} | {\"type\": \"REAL\"}"
            })
    void aFieldMayDemandLess(String before, String after) {
        Field was = schema(1, before).collection("c").orElseThrow().field("f").orElseThrow();
        Field is = schema(2, after).collection("c").orElseThrow().field("f").orElseThrow();
        assertThat(SchemaUpgrade.between(schema(1, before), schema(2, after)))
                .isEqualTo(new SchemaUpgrade.Additive(List.of(new Step.ChangeField("c", was, is))));
    }

    @Test
    void aDecimalMayGetMoreDigitsBeforeThePoint() {
        SchemaUpgrade upgrade = SchemaUpgrade.between(
                schema(1, "{\"type\":\"DECIMAL(18,2)\"}"), schema(2, "{\"type\":\"DECIMAL(20,2)\"}"));
        assertThat(((SchemaUpgrade.Additive) upgrade).steps()).hasOnlyElementsOfType(Step.WidenDecimal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"TEXT\"} | {\"type\": \"INTEGER\"} | changes its type from TEXT to INTEGER",
                "{\"type\": \"DECIMAL(18,2)\"} | {\"type\": \"DECIMAL(17,2)\"} | changes its type",
                "{\"type\": \"DECIMAL(18,2)\"} | {\"type\": \"DECIMAL(18,3)\"} | changes its type",
                "{\"type\": \"INTEGER\"} | {\"type\": \"INTEGER\", \"merge\": \"MAX\"} | merge rule from LAST_WRITE to MAX",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"sensitivity\": \"SECRET\"} | changes its sensitivity",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"required\": true} | it is required",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"maxLength\": 5} | its length is shorter",
                "{\"type\": \"TEXT\", \"maxLength\": 6} | {\"type\": \"TEXT\", \"maxLength\": 5} | its length is shorter",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"pattern\": \"a\"} | its pattern is another",
                "{\"type\": \"TEXT\", \"pattern\": \"b\"} | {\"type\": \"TEXT\", \"pattern\": \"a\"} | its pattern is another",
                "{\"type\": \"TEXT\"} | {\"type\": \"TEXT\", \"oneOf\": [\"a\"]} | it has lost choices",
                "{\"type\": \"TEXT\", \"oneOf\": [\"a\", \"b\"]} | {\"type\": \"TEXT\", \"oneOf\": [\"a\"]} | it has lost choices",
                "{\"type\": \"REAL\"} | {\"type\": \"REAL\", \"min\": 0} | its least number is higher",
                "{\"type\": \"REAL\", \"min\": 0} | {\"type\": \"REAL\", \"min\": 1} | its least number is higher",
                "{\"type\": \"REAL\", \"max\": 9} | {\"type\": \"REAL\", \"max\": 8} | its greatest number is lower"
            })
    void aFieldMayNotChangeOrDemandMore(String before, String after, String reason) {
        assertThat(reasons(schema(1, before), schema(2, after)))
                .singleElement()
                .asString()
                .startsWith("The field c.f ")
                .contains(reason);
    }

    @Test
    void nothingMayGo() {
        Schema before = SchemaJson.read("""
                {"name": "s", "version": 1, "collections": {"a": {"fields": {"x": {"type": "TEXT"}}},
                 "c": {"fields": {"f": {"type": "TEXT"}, "g": {"type": "TEXT"}}}}}
                """);
        assertThat(reasons(before, schema(2, FIELD)))
                .containsExactly("The collection a is gone.", "The field c.g is gone.");
    }

    @Test
    void aNewFieldOfOldRecordsIsNotRequired() {
        Schema after = SchemaJson.read("""
                {"name": "s", "version": 2, "collections": {"c": {"fields": {"f": {"type": "TEXT"},
                 "g": {"type": "TEXT", "required": true}}}}}
                """);
        assertThat(reasons(schema(1, FIELD), after)).singleElement().asString().contains("c.g is required");
    }

    @Test
    void versionsOnlyRise() {
        String other = "{\"type\": \"TEXT\", \"fullText\": true}";
        assertThat(reasons(schema(2, FIELD), schema(2, other)))
                .singleElement()
                .asString()
                .contains("raise the version");
        assertThat(reasons(schema(2, FIELD), schema(1, FIELD)))
                .singleElement()
                .asString()
                .contains("older");
        Schema renamed = new Schema("t", 3, schema(1, FIELD).collections());
        assertThat(reasons(schema(2, FIELD), renamed)).containsExactly("It is the schema t, not s.");
    }

    private static List<String> reasons(Schema before, Schema after) {
        SchemaUpgrade upgrade = SchemaUpgrade.between(before, after);
        assertThat(upgrade).isInstanceOf(SchemaUpgrade.Destructive.class);
        return ((SchemaUpgrade.Destructive) upgrade).reasons();
    }

    private static Schema schema(int version, String field) {
        return SchemaJson.read("{\"name\":\"s\",\"version\":" + version + ",\"collections\":{\"c\":{\"fields\":{\"f\":"
                + field + "}}}}");
    }
}
