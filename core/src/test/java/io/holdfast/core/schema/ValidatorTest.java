package io.holdfast.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.protocol.ValueText;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValidatorTest {

    private static final Validator VALIDATOR = new Validator(SchemaJson.read("""
            { "name": "s", "version": 1, "collections": {
                "free": { "fields": { "a": {"type": "TEXT"}, "b": {"type": "BYTES"}, "c": {"type": "TEXT"} } },
                "c": { "fields": {
                    "name": {"type": "TEXT", "required": true, "maxLength": 5}, "code": {"type": "TEXT", "pattern": "[A-Z]{3}"},
                    "evil": {"type": "TEXT", "pattern": "(.*a){20}c"}, "deep": {"type": "TEXT", "pattern": "(a|b)*"},
                    "mood": {"type": "TEXT", "oneOf": ["low", "high"], "sensitivity": "PERSONAL"},
                    "n": {"type": "INTEGER", "min": 0, "max": 10}, "half": {"type": "INTEGER", "min": 0.5, "max": 1.5},
                    "r": {"type": "REAL", "min": -1, "max": 1}, "d": {"type": "DECIMAL(6,2)", "max": "100.00"},
                    "j": {"type": "JSON", "maxLength": 10}, "b": {"type": "BYTES", "maxLength": 3}, "t": {"type": "INSTANT"},
                    "views": {"type": "INTEGER", "merge": "COUNTER", "max": 5},
                    "spent": {"type": "DECIMAL(18,2)", "merge": "COUNTER", "min": 0},
                    "tags": {"type": "TEXT", "merge": "UNION", "maxLength": 3} } } } }
            """));

    @Test
    void acceptsARecordThatKeepsEveryRule() {
        assertThat(codes(Map.ofEntries(
                        Map.entry("name", text("five5")),
                        Map.entry("code", text("ABC")),
                        Map.entry("mood", text("low")),
                        Map.entry("n", new Value.Int(10)),
                        Map.entry("half", new Value.Int(1)),
                        Map.entry("r", new Value.Real(-1)),
                        Map.entry("d", new Value.Decimal(new BigDecimal("100.00"))),
                        Map.entry("j", new Value.Json("{\"a\":1}")),
                        Map.entry("b", new Value.Bytes(new byte[3])),
                        Map.entry("t", new Value.Time(0)),
                        Map.entry("views", CounterValue.zero(0).add(1, 5)),
                        Map.entry("spent", CounterValue.zero(2).add(1, 5)),
                        Map.entry("tags", SetValue.EMPTY.add("abc", 1, 1)),
                        Map.entry("newer", text("of a later version")))))
                .isEmpty();
    }

    @Test
    void boundsTheElementsOfAUnionByWhatAMessageCanName() {
        Validator free = new Validator(SchemaJson.read("""
                { "name": "s", "version": 1, "collections": { "c": { "fields": {
                    "tags": {"type": "TEXT", "merge": "UNION"} } } } }
                """));
        String longest = "\u00fc".repeat(Limits.ELEMENT_BYTES_MAX / 2);
        assertThat(free.validate("c", tags(longest), Set.of("tags"))).isEmpty();
        assertThat(free.validate("c", tags(longest + "x"), Set.of("tags")))
                .extracting(Violation::code)
                .containsExactly(ErrorCode.FIELD_LENGTH);
        assertThat(ValueText.parse(ValueText.json(SetValue.EMPTY.add(longest, 1, 1))))
                .isEqualTo(SetValue.EMPTY.add(longest, 1, 1));
    }

    private static SortedMap<String, Value> tags(String element) {
        return new TreeMap<>(Map.of("tags", SetValue.EMPTY.add(element, 1, 1)));
    }

    @Test
    void reportsEveryViolationInTheOrderOfTheFields() {
        assertThat(codes(Map.of(
                        "code", text("abc"),
                        "mood", text("fine"),
                        "n", new Value.Int(11),
                        "b", new Value.Bytes(new byte[4]),
                        "views", text("five"))))
                .containsExactly(
                        ErrorCode.FIELD_LENGTH,
                        ErrorCode.FIELD_PATTERN,
                        ErrorCode.FIELD_CHOICE,
                        ErrorCode.FIELD_RANGE,
                        ErrorCode.FIELD_REQUIRED,
                        ErrorCode.FIELD_TYPE);
    }

    @Test
    void everyBoundIsInclusive() {
        assertThat(code("name", text("👍👍👍👍👍"))).isEmpty();
        assertThat(code("name", text("👍👍👍👍👍👍"))).containsExactly(ErrorCode.FIELD_LENGTH);
        assertThat(code("n", new Value.Int(-1))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("half", new Value.Int(0))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("half", new Value.Int(2))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("r", new Value.Real(Math.nextUp(1.0)))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("d", new Value.Decimal(new BigDecimal("100.01")))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("views", CounterValue.zero(0).add(1, 6))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("spent", CounterValue.zero(2).add(1, -1))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("tags", SetValue.EMPTY.add("abcd", 1, 1))).containsExactly(ErrorCode.FIELD_LENGTH);
        assertThat(code("tags", SetValue.EMPTY.add("abcd", 1, 1).remove("abcd")))
                .isEmpty();
        assertThat(code("t", new Value.Time(253_402_300_800_000_000L))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("t", new Value.Time(-62_135_596_800_000_001L))).containsExactly(ErrorCode.FIELD_RANGE);
    }

    @Test
    void decimalsHaveExactlyTheScaleAndAtMostThePrecisionOfTheirType() {
        assertThat(code("d", new Value.Decimal(new BigDecimal("1.5")))).containsExactly(ErrorCode.FIELD_PRECISION);
        assertThat(code("d", new Value.Decimal(new BigDecimal("-10000.00")))).containsExactly(ErrorCode.FIELD_RANGE);
        assertThat(code("spent", CounterValue.zero(3).add(1, 1))).containsExactly(ErrorCode.FIELD_TYPE);
    }

    @Test
    void jsonFromElsewhereMustBeCanonical() {
        assertThat(code("j", new Value.Json("{\"a\": 1}"))).containsExactly(ErrorCode.FIELD_TYPE);
        assertThat(code("j", new Value.Json("\"}, \"x\": 1"))).containsExactly(ErrorCode.FIELD_TYPE);
        assertThat(code("j", new Value.Json("[1,2,3,4,5]"))).containsExactly(ErrorCode.FIELD_LENGTH);
    }

    @Test
    void patternsThatExplodeAreAnsweredAllTheSame() {
        List<Violation> violations = validate(Map.of("name", text("x"), "evil", text("a".repeat(60))));
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.code()).isEqualTo(ErrorCode.FIELD_PATTERN);
            assertThat(violation.advice()).contains("too long");
        });
        assertThat(code("deep", text("ab".repeat(200_000)))).isSubsetOf(ErrorCode.FIELD_PATTERN);
    }

    @Test
    void fieldsThatWereNotTouchedAreLeftInPeace() {
        SortedMap<String, Value> values = new TreeMap<>(Map.of("name", text("much too long"), "n", new Value.Int(11)));
        assertThat(VALIDATOR.validate("c", values, Set.of("n")))
                .extracting(Violation::field)
                .containsExactly("n");
        values.remove("name");
        assertThat(VALIDATOR.validate("c", values, Set.of()))
                .extracting(Violation::code)
                .containsExactly(ErrorCode.FIELD_REQUIRED);
    }

    @Test
    void aClearedFieldIsFineUnlessRequired() {
        assertThat(code("code", Value.NULL)).isEmpty();
        assertThat(code("name", Value.NULL)).containsExactly(ErrorCode.FIELD_REQUIRED);
    }

    @Test
    void fieldsAndRecordsEndExactlyAtTheirLimits() {
        int content = Limits.FIELD_BYTES_MAX - 1;
        assertThat(free(Map.of("a", text("x".repeat(content)), "b", new Value.Bytes(new byte[content]))))
                .isEmpty();
        assertThat(free(Map.of("a", text("x".repeat(content + 1))))).containsExactly(ErrorCode.FIELD_LENGTH);
        assertThat(free(Map.of("newer", text("é".repeat(content / 2 + 1))))).containsExactly(ErrorCode.FIELD_LENGTH);
        assertThat(free(Map.of(
                        "a", text("x".repeat(content)), "b", new Value.Bytes(new byte[content]), "c", Value.NULL)))
                .containsExactly(ErrorCode.RECORD_SIZE);
    }

    @Test
    void personalValuesAreNeverShown() {
        assertThat(validate(Map.of("name", text("x"), "mood", text("hunter2")))
                        .getFirst()
                        .sentence())
                .doesNotContain("hunter2")
                .contains("low, high");
    }

    @Test
    void unknownCollectionsAreNamed() {
        assertThat(VALIDATOR.validate("d", new TreeMap<>(), Set.of()))
                .extracting(Violation::code)
                .containsExactly(ErrorCode.COLLECTION_UNKNOWN);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static List<ErrorCode> code(String field, Value value) {
        Map<String, Value> values = new TreeMap<>(Map.of("name", text("x")));
        values.put(field, value);
        return codes(values);
    }

    private static List<ErrorCode> codes(Map<String, Value> values) {
        return validate(values).stream().map(Violation::code).toList();
    }

    private static List<ErrorCode> free(Map<String, Value> values) {
        return VALIDATOR.validate("free", new TreeMap<>(values), values.keySet()).stream()
                .map(Violation::code)
                .toList();
    }

    private static List<Violation> validate(Map<String, Value> values) {
        return VALIDATOR.validate("c", new TreeMap<>(values), values.keySet());
    }
}
