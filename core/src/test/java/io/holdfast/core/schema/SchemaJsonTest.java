package io.holdfast.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonGens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {

    private static final String JOURNAL = """
            { "name": "journal", "version": 1, "collections": { "entries": {
                "fields": { "account": {"type": "TEXT", "required": true}, "at": {"type": "INSTANT", "required": true},
                            "notes": {"type": "TEXT", "maxLength": 10000, "fullText": true},
                            "potency": {"type": "INTEGER", "min": 0, "max": 10},
                            "amount": {"type": "DECIMAL(18,8)", "merge": "SERVER"},
                            "views": {"type": "INTEGER", "merge": "COUNTER"},
                            "mood": {"type": "TEXT", "oneOf": ["low", "high"], "sensitivity": "PERSONAL"},
                            "code": {"type": "TEXT", "pattern": "[A-Z]{3}"},
                            "tags": {"type": "TEXT", "merge": "UNION"} },
                "indexes": [["account", "at"], {"fields": ["code"], "kind": "EQUALITY"},
                    {"fields": ["at"], "where": {"mood": "low"}}] } } }
            """;

    @Test
    void readsEveryPartOfASchema() {
        CollectionSchema entries =
                SchemaJson.read(JOURNAL).collection("entries").orElseThrow();

        assertThat(entries.fields()).hasSize(9);
        assertThat(entries.field("amount").orElseThrow().type()).isEqualTo(new FieldType.Decimal(18, 8));
        assertThat(entries.mergeRule("views")).isEqualTo(MergeRule.COUNTER);
        assertThat(entries.field("notes").orElseThrow().fullText()).isTrue();
        assertThat(entries.wipedOnDelete("mood")).isTrue();
        Constraints potency = entries.field("potency").orElseThrow().constraints();
        assertThat(potency.max()).hasValue(BigDecimal.TEN.stripTrailingZeros());
        assertThat(potency.required()).isFalse();
        assertThat(entries.indexes())
                .containsExactly(
                        new Index(List.of("account", "at"), Index.Kind.ORDERED),
                        new Index(List.of("code"), Index.Kind.EQUALITY),
                        new Index(List.of("at"), Index.Kind.ORDERED, Optional.of(new Index.Where("mood", "low"))));
    }

    @Test
    void refusesAnIndexOverPartsThatAreNotATextOfAField() {
        for (String where : List.of("{}", "{\"potency\":\"1\"}", "{\"none\":\"x\"}", "{\"mood\":1}", "\"mood\"")) {
            String broken = JOURNAL.replace("{\"mood\": \"low\"}", where);
            assertThatThrownBy(() -> SchemaJson.read(broken)).as(where).hasMessageContaining("indexes");
        }
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Schema schema = SchemaJson.read(JOURNAL);
        String text = SchemaJson.write(schema);
        assertThat(SchemaJson.read(text)).isEqualTo(schema);
        assertThat(SchemaJson.write(SchemaJson.read(text))).isEqualTo(text);
    }

    @Test
    void everySoundSchemaReadsBackEqual() {
        Property.of("schemas round-trip").tries(1_000).forAll(SchemaGens.schemas(), schema -> {
            assertThat(SchemaRules.problems(schema)).isEmpty();
            String text = SchemaJson.write(schema);
            assertThat(SchemaJson.read(text)).isEqualTo(schema);
            assertThat(CanonicalJson.isCanonical(text)).isTrue();
        });
    }

    @Test
    void damagedTextIsRefusedOrReadButNeverFails() {
        Property.of("damaged schemas").tries(3_000).forAll(JsonGens.damaged(JOURNAL), text -> {
            try {
                assertThat(SchemaRules.problems(SchemaJson.read(text))).isEmpty();
            } catch (SchemaInvalidException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    @Test
    void boundsKeepAllTheirDigits() {
        String digits = "12345678901234567890.123456789";
        Schema schema =
                SchemaJson.read(withField("{\"type\": \"DECIMAL(38,9)\", \"max\": \"" + digits + "\", \"min\": 0.1}"));
        assertThat(SchemaJson.read(SchemaJson.write(schema))).isEqualTo(schema);
        assertThat(SchemaJson.write(schema))
                .contains("\"max\":\"" + digits + "\"")
                .contains("\"min\":0.1");
    }

    @Test
    void theHashNamesTheContentAndNothingElse() {
        Schema schema = SchemaJson.read(JOURNAL);
        assertThat(SchemaHash.of(schema)).matches("[0-9a-f]{32}");
        assertThat(SchemaHash.of(SchemaJson.read(SchemaJson.write(schema)))).isEqualTo(SchemaHash.of(schema));
        assertThat(SchemaHash.of(SchemaJson.read(JOURNAL.replace("\"version\": 1", "\"version\": 2"))))
                .isNotEqualTo(SchemaHash.of(schema));
        assertThat(SchemaHash.of(SchemaJson.read(withField("{\"type\":\"TEXT\",\"required\":false}"))))
                .isEqualTo(SchemaHash.of(SchemaJson.read(withField("{\"merge\":\"LAST_WRITE\",\"type\":\"TEXT\"}"))));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertThat(paths("""
                        { "name": "Journal", "version": 0, "extra": 1, "collections": { "entries": {
                            "fields": { "id": {"type": "TEXT"}, "_a": {"type": "TEXT"}, "b": {"type": "STRING"},
                                        "c": {"type": "TEXT", "merge": "COUNTER", "maxLength": "9", "colour": "red"} },
                            "indexes": [["b"], ["nothing"], ["c", 1]] } } }
                        """))
                .containsExactlyInAnyOrder(
                        "/extra",
                        "/version",
                        "/name",
                        "/collections/entries/fields/id",
                        "/collections/entries/fields/_a",
                        "/collections/entries/fields/b/type",
                        "/collections/entries/fields/c/merge",
                        "/collections/entries/fields/c/maxLength",
                        "/collections/entries/fields/c/colour",
                        "/collections/entries/indexes/0",
                        "/collections/entries/indexes/2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"DECIMAL(19,2)\", \"merge\": \"COUNTER\"} | /merge",
                "{\"type\": \"REAL\", \"merge\": \"COUNTER\"} | /merge",
                "{\"type\": \"INTEGER\", \"merge\": \"UNION\"} | /merge",
                "{\"type\": \"JSON\", \"merge\": \"MAX\"} | /merge",
                "{\"type\": \"BYTES\", \"merge\": \"MIN\"} | /merge",
                "{\"type\": \"TEXT\", \"merge\": \"LATEST\"} | /merge",
                "{\"type\": \"INTEGER\", \"merge\": \"COUNTER\", \"sensitivity\": \"SECRET\"} | /merge",
                "{\"type\": \"INTEGER\", \"fullText\": true} | /fullText",
                "{\"type\": \"TEXT\", \"fullText\": \"yes\"} | /fullText",
                "{\"type\": \"TEXT\", \"min\": 1} | /min",
                "{\"type\": \"INTEGER\", \"min\": 2, \"max\": 1} | /min",
                "{\"type\": \"INTEGER\", \"max\": 1e999999999} | /max",
                "{\"type\": \"INTEGER\", \"max\": \"ten\"} | /max",
                "{\"type\": \"INTEGER\", \"maxLength\": 3} | /maxLength",
                "{\"type\": \"TEXT\", \"maxLength\": 0} | /maxLength",
                "{\"type\": \"TEXT\", \"maxLength\": 1048577} | /maxLength",
                "{\"type\": \"TEXT\", \"maxLength\": 3000000000} | /maxLength",
                "{\"type\": \"TEXT\", \"maxLength\": 1.5} | /maxLength",
                "{\"type\": \"TEXT\", \"pattern\": \"[\"} | /pattern",
                "{\"type\": \"INTEGER\", \"pattern\": \"1\"} | /pattern",
                "{\"type\": \"TEXT\", \"oneOf\": []} | /oneOf",
                "{\"type\": \"TEXT\", \"oneOf\": [\"a\", \"a\"]} | /oneOf",
                "{\"type\": \"TEXT\", \"oneOf\": [1]} | /oneOf",
                "{\"type\": \"BOOLEAN\", \"oneOf\": [\"true\"]} | /oneOf",
                "{\"type\": \"TEXT\", \"sensitivity\": \"private\"} | /sensitivity",
                "{\"type\": \"TEXT\", \"required\": null} | /required",
                "{\"type\": \"DECIMAL(39,1)\"} | /type",
                "{\"type\": \"DECIMAL(2,3)\"} | /type",
                "{\"type\": \"text\"} | /type",
                "{\"type\": 1} | /type",
                "{} | /type",
            })
    void refusesAFieldThatBreaksARule(String field, String where) {
        assertThat(paths(withField(field))).contains("/collections/c/fields/f" + where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"name\":\"a\",\"name\":\"a\"}",
                "{\"name\":\"a\",\"version\":1,\"collections\":{}}",
                "{\"name\":\"a\",\"version\":1,\"collections\":[]}",
                "{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{}}}",
                "{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{\"fields\":{}}}}",
                "{\"name\":\"a\",\"version\":1,\"collections\":{\"sqlite_c\":{\"fields\":{\"f\":{\"type\":\"TEXT\"}}}}}",
                "{\"name\":\"a\",\"version\":1.5,\"collections\":{\"c\":{\"fields\":{\"f\":{\"type\":\"TEXT\"}}}}}",
                "{\"name\":\"a\",\"version\":9999999999,\"collections\":{\"c\":{\"fields\":{\"f\":{\"type\":\"TEXT\"}}}}}",
                "{\"version\":1,\"collections\":{\"c\":{\"fields\":{\"f\":{\"type\":\"TEXT\"}}}}}"
            })
    void refusesWhatIsNoSchema(String text) {
        SchemaInvalidException refused = refusal(text);
        assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_INVALID);
        assertThat(refused.problems()).isNotEmpty();
    }

    @Test
    void refusesNamesThatADatabaseCannotTellApart() {
        assertThat(paths("{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{\"fields\":{"
                        + "\"fooBar\":{\"type\":\"TEXT\"},\"foobar\":{\"type\":\"TEXT\"}}}}}"))
                .containsExactly("/collections/c/fields/foobar");
    }

    @Test
    void refusesIndexesOverWhatHasNoOrder() {
        String text = "{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{\"fields\":{"
                + "\"n\":{\"type\":\"INTEGER\",\"merge\":\"COUNTER\"},\"u\":{\"type\":\"TEXT\",\"merge\":\"UNION\"},"
                + "\"j\":{\"type\":\"JSON\"},\"b\":{\"type\":\"BYTES\"},\"t\":{\"type\":\"TEXT\"}},"
                + "\"indexes\":[[\"n\"],[\"u\"],[\"j\"],[\"b\"],[],[\"t\",\"t\"],[\"t\"],[\"t\"]]}}}";
        assertThat(paths(text))
                .containsExactly(
                        "/collections/c/indexes/0",
                        "/collections/c/indexes/1",
                        "/collections/c/indexes/2",
                        "/collections/c/indexes/3",
                        "/collections/c/indexes/4",
                        "/collections/c/indexes/5",
                        "/collections/c/indexes/7");
    }

    @Test
    void countsEndExactlyAtTheirLimits() {
        assertThat(SchemaJson.read(withFields(Limits.FIELDS_MAX)).collections()).hasSize(1);
        assertThat(paths(withFields(Limits.FIELDS_MAX + 1))).containsExactly("/collections/c/fields");
        String name = "n".repeat(Limits.NAME_LENGTH_MAX);
        assertThat(SchemaJson.read(withField("{\"type\":\"TEXT\"}").replace("\"f\"", '"' + name + '"'))
                        .collections())
                .hasSize(1);
        assertThat(paths(withField("{\"type\":\"TEXT\"}").replace("\"f\"", '"' + name + "n\"")))
                .hasSize(1);
        String blank = " ".repeat(Limits.SCHEMA_BYTES_MAX);
        assertThat(refusal(JOURNAL + blank).getMessage()).contains("at most");
    }

    private static String withField(String field) {
        return "{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{\"fields\":{\"f\":" + field + "}}}}";
    }

    private static String withFields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"f" + i + "\":{\"type\":\"TEXT\"}")
                .collect(Collectors.joining(
                        ",", "{\"name\":\"a\",\"version\":1,\"collections\":{\"c\":{\"fields\":{", "}}}}"));
    }

    private static SchemaInvalidException refusal(String text) {
        return catchThrowableOfType(SchemaInvalidException.class, () -> SchemaJson.read(text));
    }

    private static List<String> paths(String text) {
        return refusal(text).problems().stream().map(SchemaProblem::path).toList();
    }
}
