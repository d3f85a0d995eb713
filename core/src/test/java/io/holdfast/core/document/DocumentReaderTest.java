package io.holdfast.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonGens;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

class DocumentReaderTest {

    private static final CollectionSchema ENTRIES =
            SchemaJson.read("""
                    { "name": "journal", "version": 1, "collections": { "entries": { "fields": {
                        "title": {"type": "TEXT"}, "count": {"type": "INTEGER"}, "weight": {"type": "REAL"},
                        "amount": {"type": "DECIMAL(18,8)"}, "money": {"type": "DECIMAL(38,2)"}, "done": {"type": "BOOLEAN"},
                        "at": {"type": "INSTANT"}, "took": {"type": "DURATION"}, "photo": {"type": "BYTES"},
                        "extra": {"type": "JSON"}, "views": {"type": "INTEGER", "merge": "COUNTER"},
                        "spent": {"type": "DECIMAL(18,2)", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"},
                        "best": {"type": "INTEGER", "merge": "MAX"},
                        "mood": {"type": "INTEGER", "sensitivity": "PERSONAL"} } } } }
                    """).collection("entries").orElseThrow();

    private static final DocumentReader READER = new DocumentReader(ENTRIES);

    @Test
    void readsEveryType() {
        Document document = read("""
                { "id": "e1", "title": "Grüße", "count": -9223372036854775808, "weight": 1e-3, "amount": "0.12345678",
                  "money": 12, "done": true, "at": "2026-11-20T09:30:00.000001+01:00", "took": "P1DT2H30M", "photo": "AP8=",
                  "extra": {"b": [1.0], "a": null}, "views": 7, "spent": "1.5", "tags": ["b", "a"], "best": 3, "mood": null }
                """);
        assertThat(document.id()).hasValue("e1");
        assertThat(document.edits())
                .containsEntry("title", assign(new Value.Text("Grüße")))
                .containsEntry("count", assign(new Value.Int(Long.MIN_VALUE)))
                .containsEntry("weight", assign(new Value.Real(0.001)))
                .containsEntry("amount", assign(new Value.Decimal(new BigDecimal("0.12345678"))))
                .containsEntry("money", assign(new Value.Decimal(new BigDecimal("12.00"))))
                .containsEntry("done", assign(new Value.Bool(true)))
                .containsEntry("at", assign(new Value.Time(1_795_163_400_000_001L)))
                .containsEntry(
                        "took",
                        assign(new Value.Span(Duration.ofMinutes(26 * 60 + 30).toNanos() / 1_000)))
                .containsEntry("photo", assign(new Value.Bytes(new byte[] {0, -1})))
                .containsEntry("extra", assign(new Value.Json("{\"a\":null,\"b\":[1]}")))
                .containsEntry("views", assign(new Value.Int(7)))
                .containsEntry("spent", assign(new Value.Decimal(new BigDecimal("1.50"))))
                .containsEntry("tags", new FieldEdit.Replace(Set.of("a", "b")))
                .containsEntry("best", assign(new Value.Int(3)))
                .containsEntry("mood", assign(Value.NULL))
                .hasSize(15);
    }

    @Test
    void readsOperationsOnCountersAndUnions() {
        assertThat(read("{\"views\": {\"add\": -2}, \"spent\": {\"add\": \"0.05\"}, \"tags\": {\"add\": [\"x\"]}}")
                        .edits())
                .containsEntry("views", new FieldEdit.Add(-2))
                .containsEntry("spent", new FieldEdit.Add(5))
                .containsEntry("tags", new FieldEdit.Amend(Set.of("x"), Set.of()));
        assertThat(read("{\"tags\": {\"remove\": [\"y\"], \"add\": []}}").edits())
                .containsEntry("tags", new FieldEdit.Amend(Set.of(), Set.of("y")));
    }

    @Test
    void leavesTheIdToTheStoreAndTouchesNothingUnnamed() {
        Document empty = read("{}");
        assertThat(empty.id()).isEmpty();
        assertThat(empty.edits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "count, 1e3, 1000",
        "count, 12.0, 12",
        "count, 1200e-2, 12",
        "count, 0e999999999, 0",
        "count, -0, 0",
        "count, 9223372036854775807, 9223372036854775807"
    })
    void wholeNumbersMayBeWrittenInAnyExactWay(String field, String literal, long number) {
        assertThat(read("{\"" + field + "\": " + literal + "}").edits())
                .containsEntry(field, assign(new Value.Int(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "\"0.1\"", "1e-1", "\"1E-1\"", "0.10000000000000000000000"})
    void decimalsAreExactHoweverWritten(String literal) {
        assertThat(read("{\"amount\": " + literal + "}").edits())
                .containsEntry("amount", assign(new Value.Decimal(new BigDecimal("0.10000000"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count | 9223372036854775808 | FIELD_RANGE",
                "count | -9223372036854775809 | FIELD_RANGE",
                "count | 1e999999999 | FIELD_RANGE",
                "count | 1e99999999999 | FIELD_RANGE",
                "count | 1.5 | FIELD_PRECISION",
                "count | 1e-1 | FIELD_PRECISION",
                "count | \"7\" | FIELD_TYPE",
                "count | true | FIELD_TYPE",
                "count | [7] | FIELD_TYPE",
                "weight | 1e400 | FIELD_RANGE",
                "weight | -1e400 | FIELD_RANGE",
                "weight | \"1\" | FIELD_TYPE",
                "amount | 0.123456789 | FIELD_PRECISION",
                "amount | \"0.123456789\" | FIELD_PRECISION",
                "amount | 10000000000 | FIELD_RANGE",
                "amount | 1e999999999 | FIELD_RANGE",
                "amount | \"1e-999999999\" | FIELD_PRECISION",
                "amount | \"1,5\" | FIELD_TYPE",
                "amount | \"+1\" | FIELD_TYPE",
                "amount | \".5\" | FIELD_TYPE",
                "amount | \"\" | FIELD_TYPE",
                "amount | \" 1\" | FIELD_TYPE",
                "amount | \"٣\" | FIELD_TYPE",
                "amount | \"NaN\" | FIELD_TYPE",
                "amount | {} | FIELD_TYPE",
                "title | 5 | FIELD_TYPE",
                "title | {\"add\": [\"a\"]} | FIELD_TYPE",
                "title | \"a\\u0000\" | FIELD_TEXT",
                "title | \"\\ud800\" | FIELD_TEXT",
                "extra | {\"a\": [\"\\udc00\", {\"b\": [1]}], \"c\": 2} | FIELD_TEXT",
                "extra | {\"\\ud800\": 1} | FIELD_TEXT",
                "extra | [1e400] | FIELD_RANGE",
                "extra | 9007199254740993 | FIELD_RANGE",
                "done | \"true\" | FIELD_TYPE",
                "done | 1 | FIELD_TYPE",
                "at | \"2026-11-20\" | FIELD_TYPE",
                "at | \"2026-11-20T08:30:00\" | FIELD_TYPE",
                "at | \"2026-11-20 08:30:00Z\" | FIELD_TYPE",
                "at | 1795163400 | FIELD_TYPE",
                "at | \"2026-02-29T00:00:00Z\" | FIELD_RANGE",
                "at | \"2026-13-01T00:00:00Z\" | FIELD_RANGE",
                "at | \"2026-11-20T24:00:00Z\" | FIELD_RANGE",
                "at | \"0000-12-31T23:59:59Z\" | FIELD_RANGE",
                "at | \"0001-01-01T00:00:00+00:01\" | FIELD_RANGE",
                "at | \"9999-12-31T23:59:59-00:01\" | FIELD_RANGE",
                "at | \"+10000-01-01T00:00:00Z\" | FIELD_RANGE",
                "at | \"-0001-01-01T00:00:00Z\" | FIELD_RANGE",
                "at | \"2026-11-20T08:30:00+19:00\" | FIELD_RANGE",
                "at | \"2026-11-20T08:30:00.0000001Z\" | FIELD_PRECISION",
                "took | \"2h\" | FIELD_TYPE",
                "took | \"P\" | FIELD_TYPE",
                "took | \"PT\" | FIELD_TYPE",
                "took | \"P1M\" | FIELD_TYPE",
                "took | \"PT0.0000001S\" | FIELD_PRECISION",
                "took | \"PT9223372036855S\" | FIELD_RANGE",
                "took | \"P999999999999999999W\" | FIELD_RANGE",
                "photo | \"AP8\" | FIELD_TYPE",
                "photo | \"AP9=\" | FIELD_TYPE",
                "photo | \"A_8=\" | FIELD_TYPE",
                "photo | [0] | FIELD_TYPE",
                "views | {\"add\": 1, \"x\": 2} | FIELD_OPERATION",
                "views | {\"remove\": 1} | FIELD_OPERATION",
                "views | {} | FIELD_OPERATION",
                "views | {\"add\": 1.5} | FIELD_PRECISION",
                "views | {\"add\": \"1\"} | FIELD_TYPE",
                "views | null | FIELD_OPERATION",
                "spent | {\"add\": 0.001} | FIELD_PRECISION",
                "tags | null | FIELD_OPERATION",
                "tags | \"a\" | FIELD_OPERATION",
                "tags | {} | FIELD_OPERATION",
                "tags | {\"add\": \"a\"} | FIELD_OPERATION",
                "tags | {\"add\": [\"a\"], \"set\": []} | FIELD_OPERATION",
                "tags | [1] | FIELD_TYPE",
                "best | null | FIELD_OPERATION",
                "titel | \"x\" | FIELD_UNKNOWN"
            })
    void refusesAValueThatDoesNotFitItsField(String field, String json, ErrorCode code) {
        List<Violation> violations = violations("{\"id\": \"a\", \"" + field + "\": " + json + ", \"title \": 1}");
        assertThat(violations).hasSize(2);
        assertThat(violations.get(0).code()).isEqualTo(code);
        assertThat(violations.get(0).field()).isEqualTo(field);
        assertThat(violations.get(1).field()).isEqualTo("title ");
    }

    @Test
    void reportsAllViolationsAtOnce() {
        assertThat(violations(
                        "{\"id\": \"\", \"count\": \"x\", \"amount\": 0.123456789, \"nothing\": {\"a\": [1]}, \"done\": 0,"
                                + " \"title\": \"fine\", \"title\": \"again\"}"))
                .extracting(Violation::code)
                .containsExactly(
                        ErrorCode.RECORD_ID,
                        ErrorCode.FIELD_TYPE,
                        ErrorCode.FIELD_PRECISION,
                        ErrorCode.FIELD_UNKNOWN,
                        ErrorCode.FIELD_TYPE,
                        ErrorCode.JSON_MALFORMED);
    }

    @Test
    void reportsWhatTheSchemaDemandsOfTheOtherFieldsToo() {
        CollectionSchema entries = SchemaJson.read("""
                        { "name": "journal", "version": 1, "collections": { "entries": { "fields": {
                            "account": {"type": "TEXT", "required": true}, "notes": {"type": "TEXT"},
                            "potency": {"type": "INTEGER", "max": 10}, "who": {"type": "TEXT", "required": true} } } } }
                        """).collection("entries").orElseThrow();
        DocumentReader reader = new DocumentReader(entries);
        assertThat(reader.read("{\"who\": 7, \"notes\": 5, \"potency\": 11}"))
                .isEqualTo(new DocumentOutcome.Refused(List.of(
                        new Violation(ErrorCode.FIELD_TYPE, "who", "7", "Write a string."),
                        new Violation(ErrorCode.FIELD_TYPE, "notes", "5", "Write a string."),
                        new Violation(ErrorCode.FIELD_REQUIRED, "account", "", "Give account a value."),
                        new Violation(ErrorCode.FIELD_RANGE, "potency", "11", "Use a number up to 10."))));
        assertThat(reader.read("{\"id\": \"known\", \"notes\": 5}"))
                .as("a record that may hold an account already")
                .isEqualTo(new DocumentOutcome.Refused(
                        List.of(new Violation(ErrorCode.FIELD_TYPE, "notes", "5", "Write a string."))));
        assertThat(DocumentReader.ofFields(entries).read("{\"notes\": 5}"))
                .as("what is no record")
                .isEqualTo(reader.read("{\"id\": \"known\", \"notes\": 5}"));
    }

    @Test
    void suggestsTheNameThatWasProbablyMeant() {
        assertThat(violations("{\"amuont\": 1}").getFirst().advice()).isEqualTo("Did you mean amount?");
        assertThat(violations("{\"Title\": 1}").getFirst().advice()).isEqualTo("Did you mean title?");
        assertThat(violations("{\"completely\": 1}").getFirst().advice())
                .contains("amount, at")
                .contains("others");
    }

    @Test
    void showsNoValueOfAPersonalOrUnknownField() {
        assertThat(violations("{\"mood\": \"hunter2\", \"psswd\": \"hunter2\"}"))
                .allSatisfy(violation -> assertThat(violation.sentence()).doesNotContain("hunter2"));
        assertThat(violations("{\"count\": \"" + "9".repeat(500) + "\"}")
                        .getFirst()
                        .value())
                .hasSize(Violation.SHOWN_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "{",
                "{\"id\": \"a\"} x",
                "{\"id\": \"a\",}",
                "{\"extra\": {\"a\":1,\"a\":1}}"
            })
    void refusesTextThatIsNoObject(String text) {
        assertThat(violations(text)).extracting(Violation::code).containsExactly(ErrorCode.JSON_MALFORMED);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = "{\"title\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(READER.read(latin)).isInstanceOf(DocumentOutcome.Refused.class);
    }

    @Test
    void damagedTextIsRefusedOrReadButNeverFails() {
        String fine = """
                {"id": "e1", "title": "x", "count": 12, "amount": "0.12", "at": "2026-11-20T09:30:00.1+01:00", "took": "P1DT2H",
                 "photo": "AP8=", "extra": {"b": [1.0, {"c": "d"}]}, "views": {"add": 1}, "tags": {"add": ["b"], "remove": []}}
                """;
        Property.of("damaged documents").tries(5_000).forAll(JsonGens.damaged(fine), text -> {
            switch (READER.read(text)) {
                case Document document ->
                    assertThat(ENTRIES.fields().keySet())
                            .containsAll(document.edits().keySet());
                case DocumentOutcome.Refused refused ->
                    assertThat(refused.violations()).isNotEmpty();
            }
        });
    }

    @Test
    void bytesOfAnyKindAreRefusedOrReadButNeverFail() {
        Property.of("garbage documents").tries(2_000).forAll(Gens.bytes(0, 60), bytes -> {
            if (READER.read(bytes) instanceof DocumentOutcome.Refused refused) {
                assertThat(refused.violations()).isNotEmpty();
            }
        });
    }

    @Test
    void jsonNestsAsDeepAsTheLimit() {
        int depth = Limits.JSON_DEPTH_MAX;
        assertThat(read("{\"extra\": " + "[".repeat(depth) + "]".repeat(depth) + "}")
                        .edits())
                .hasSize(1);
        assertThat(violations("{\"extra\": " + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}"))
                .extracting(Violation::code)
                .containsExactly(ErrorCode.JSON_MALFORMED);
    }

    @Test
    void readsOneObjectOfManyAndLeavesTheParserBehindIt() {
        try (JsonParser parser = JsonText.parser("[{\"count\": 1}, {\"extra\": [[\"\\u0000\"], 2]}, {\"count\": 3}]")) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            parser.nextToken();
            assertThat(READER.read(parser)).isInstanceOf(Document.class);
            parser.nextToken();
            assertThat(READER.read(parser)).isInstanceOf(DocumentOutcome.Refused.class);
            parser.nextToken();
            assertThat(READER.read(parser)).isInstanceOf(Document.class);
            assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
        }
    }

    private static FieldEdit assign(Value value) {
        return new FieldEdit.Assign(value);
    }

    private static Document read(String json) {
        DocumentOutcome outcome = READER.read(json);
        assertThat(outcome).isInstanceOf(Document.class);
        return (Document) outcome;
    }

    private static List<Violation> violations(String json) {
        DocumentOutcome outcome = READER.read(json);
        assertThat(outcome).isInstanceOf(DocumentOutcome.Refused.class);
        return ((DocumentOutcome.Refused) outcome).violations();
    }
}
