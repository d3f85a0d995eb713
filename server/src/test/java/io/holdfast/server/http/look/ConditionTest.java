package io.holdfast.server.http.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConditionTest {

    private static final CollectionSchema SCHEMA =
            SchemaJson.read("""
                    {"name": "s", "version": 1, "collections": {"c": {"fields": {
                      "text": {"type": "TEXT"}, "int": {"type": "INTEGER"}, "real": {"type": "REAL"},
                      "money": {"type": "DECIMAL(20,2)"}, "flag": {"type": "BOOLEAN"}, "at": {"type": "INSTANT"},
                      "span": {"type": "DURATION"}, "views": {"type": "INTEGER", "merge": "COUNTER"},
                      "tags": {"type": "TEXT", "merge": "UNION"}}}}}""").collection("c").orElseThrow();

    private static RecordState record(String field, Value value) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        cells.put(field, new Cell(value, new Stamp(1, 1)));
        return new RecordState(cells, Stamp.NONE);
    }

    private static boolean matches(String condition, String field, Value value) {
        return Condition.parse(SCHEMA, condition).matches(record(field, value));
    }

    @Test
    void comparesIntegersAsIntegersCompare() {
        Property.of("each operator agrees with Java's on integers")
                .tries(1_000)
                .forAll(Gens.longs(), Gens.longs(), (held, asked) -> {
                    Value value = new Value.Int(held);
                    assertThat(matches("int = " + asked, "int", value)).isEqualTo(held.equals(asked));
                    assertThat(matches("int != " + asked, "int", value)).isEqualTo(!held.equals(asked));
                    assertThat(matches("int < " + asked, "int", value)).isEqualTo(held < asked);
                    assertThat(matches("int<=" + asked, "int", value)).isEqualTo(held <= asked);
                    assertThat(matches("int>" + asked, "int", value)).isEqualTo(held > asked);
                    assertThat(matches(" int  >=  " + asked, "int", value)).isEqualTo(held >= asked);
                    assertThat(matches("int = " + held, "int", value)).isTrue();
                });
    }

    @Test
    void findsEveryTextByItself() {
        Property.of("a text without blanks at its ends is found by itself and by each beginning")
                .tries(1_000)
                .forAll(Gens.texts(1, 12).filter(text -> text.strip().equals(text) && !text.equals("null")), text -> {
                    Value value = new Value.Text(text);
                    assertThat(matches("text = " + text, "text", value)).isTrue();
                    assertThat(matches("text ^= " + text, "text", new Value.Text(text + "x")))
                            .isTrue();
                    assertThat(matches("text != " + text, "text", value)).isFalse();
                    assertThat(matches("text = " + text, "text", new Value.Text(text + "x")))
                            .isFalse();
                });
    }

    @Test
    void comparesEachTypeAsItIsWritten() {
        assertThat(matches("money > 1.5", "money", new Value.Decimal(new BigDecimal("1.51"))))
                .isTrue();
        assertThat(matches("money = 1.5", "money", new Value.Decimal(new BigDecimal("1.50"))))
                .isTrue();
        assertThat(matches("real <= 0.5", "real", new Value.Real(0.5))).isTrue();
        assertThat(matches("flag = true", "flag", new Value.Bool(false))).isFalse();
        assertThat(matches("at < 2026-01-01T00:00:00+01:00", "at", new Value.Time(0)))
                .isTrue();
        assertThat(matches("span >= PT1S", "span", new Value.Span(999_999))).isFalse();
        CounterValue counted = CounterValue.zero(0).add(1, 5).add(2, -2);
        assertThat(matches("views = 3", "views", counted)).isTrue();
        SetValue tags = SetValue.EMPTY.add("red", 1, 1).add("a b", 1, 2);
        assertThat(matches("tags has a b", "tags", tags)).isTrue();
        assertThat(matches("tags has red", "tags", tags.remove("red"))).isFalse();
    }

    @Test
    void whatHoldsNothingMeetsOnlyNull() {
        assertThat(matches("int = null", "int", Value.NULL)).isTrue();
        assertThat(matches("int = null", "text", new Value.Text("x"))).isTrue();
        assertThat(matches("int != null", "int", new Value.Int(0))).isTrue();
        for (String operator : new String[] {"=", "<", "<=", ">", ">="}) {
            assertThat(matches("int " + operator + " 0", "int", Value.NULL)).isFalse();
        }
    }

    @Test
    void continuesAfterAnyKey() {
        Property.of("a continuation reads back as its key")
                .tries(1_000)
                .forAll(
                        Gens.texts(0, 40),
                        key -> assertThat(Continuation.key(Continuation.after(key)))
                                .isEqualTo(key));
    }
}
