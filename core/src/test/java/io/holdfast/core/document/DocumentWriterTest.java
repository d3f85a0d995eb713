package io.holdfast.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonGens;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentWriterTest {

    private static final CollectionSchema SCHEMA =
            SchemaJson.read("""
                    { "name": "s", "version": 1, "collections": { "c": { "fields": {
                        "text": {"type": "TEXT"}, "int": {"type": "INTEGER"}, "real": {"type": "REAL"},
                        "decimal": {"type": "DECIMAL(38,10)"}, "bool": {"type": "BOOLEAN"}, "time": {"type": "INSTANT"},
                        "span": {"type": "DURATION"}, "bytes": {"type": "BYTES"}, "json": {"type": "JSON"} } } } }
                    """).collection("c").orElseThrow();

    @Test
    void writesEveryKindOnOneLine() {
        SortedMap<String, Value> values = new TreeMap<>();
        values.put("a", new Value.Text("\"x\"\n"));
        values.put("b", new Value.Int(-5));
        values.put("c", new Value.Real(1e21));
        values.put("d", new Value.Decimal(new BigDecimal("12.50000000")));
        values.put("e", new Value.Bool(false));
        values.put("f", new Value.Time(1_795_163_400_000_001L));
        values.put("g", new Value.Span(-1_500_000));
        values.put("h", new Value.Bytes(new byte[] {0, -1}));
        values.put("i", new Value.Json("{\"a\":[1]}"));
        values.put("j", CounterValue.zero(0).add(1, 9).add(2, -2));
        values.put("k", CounterValue.zero(2).add(1, 105));
        values.put("l", SetValue.EMPTY.add("z", 1, 5).add("y", 1, 6));
        values.put("m", Value.NULL);
        assertThat(DocumentWriter.COMPACT.write("id 1", values))
                .isEqualTo(
                        "{\"id\":\"id 1\",\"a\":\"\\\"x\\\"\\n\",\"b\":-5,\"c\":1e+21,\"d\":\"12.50000000\",\"e\":false,"
                                + "\"f\":\"2026-11-20T08:30:00.000001Z\",\"g\":\"-PT1.5S\",\"h\":\"AP8=\",\"i\":{\"a\":[1]},"
                                + "\"j\":7,\"k\":\"1.05\",\"l\":[\"y\",\"z\"]}");
        assertThat(DocumentWriter.WITH_NULLS.write("id 1", values)).endsWith("\"m\":null}");
    }

    @Test
    void theReaderReadsBackWhatWasWritten() {
        Property.of("documents round-trip").tries(2_000).forAll(records(), values -> {
            String json = DocumentWriter.WITH_NULLS.write("r", values);
            Document document = (Document) new DocumentReader(SCHEMA).read(json);
            SortedMap<String, FieldEdit> expected = new TreeMap<>();
            values.forEach((name, value) -> expected.put(name, new FieldEdit.Assign(value)));
            assertThat(document.id()).hasValue("r");
            assertThat(document.edits()).isEqualTo(expected);
        });
    }

    @Test
    void unionsAreReadBackAsTheirElements() {
        CollectionSchema schema = SchemaJson.read("{\"name\":\"s\",\"version\":1,\"collections\":{\"c\":{\"fields\":{"
                        + "\"u\":{\"type\":\"TEXT\",\"merge\":\"UNION\"}}}}}")
                .collection("c")
                .orElseThrow();
        String json = DocumentWriter.COMPACT.write(
                "a",
                new TreeMap<>(
                        Map.of("u", SetValue.EMPTY.add("p", 1, 1).add("q", 1, 2).remove("p"))));
        Document document = (Document) new DocumentReader(schema).read(json);
        assertThat(document.edits()).containsEntry("u", new FieldEdit.Replace(Set.of("q")));
    }

    private static Gen<SortedMap<String, Value>> records() {
        return choices -> {
            SortedMap<String, Value> values = new TreeMap<>();
            values.put("text", nullable(Gens.texts().map(Value.Text::new)).next(choices));
            values.put("int", nullable(Gens.longs().map(Value.Int::new)).next(choices));
            values.put("real", nullable(Gens.doubles().map(Value.Real::new)).next(choices));
            values.put(
                    "decimal",
                    nullable(Gens.decimals(38, 10).map(Value.Decimal::new)).next(choices));
            values.put("bool", nullable(Gens.booleans().map(Value.Bool::new)).next(choices));
            values.put(
                    "time",
                    nullable(Gens.instants().map(DocumentWriterTest::time)).next(choices));
            values.put("span", nullable(Gens.longs().map(Value.Span::new)).next(choices));
            values.put(
                    "bytes", nullable(Gens.bytes(0, 20).map(Value.Bytes::new)).next(choices));
            values.put(
                    "json",
                    nullable(JsonGens.trees()
                                    .map(CanonicalJson::of)
                                    .map(Value.Json::new)
                                    .filter(json -> !json.canonical().equals("null")))
                            .next(choices));
            return values;
        };
    }

    private static Gen<Value> nullable(Gen<? extends Value> values) {
        return Gens.oneOf(Gens.constant(Value.NULL), values);
    }

    private static Value.Time time(Instant instant) {
        return new Value.Time(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
}
