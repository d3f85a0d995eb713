package io.holdfast.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
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
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 3_000; i++) {
            SortedMap<String, Value> values = values(random);
            String json = DocumentWriter.WITH_NULLS.write("r" + i, values);
            Document document = (Document) new DocumentReader(SCHEMA).read(json);
            SortedMap<String, FieldEdit> expected = new TreeMap<>();
            values.forEach((name, value) -> expected.put(name, new FieldEdit.Assign(value)));
            assertThat(document.id()).hasValue("r" + i);
            assertThat(document.edits()).as(json).isEqualTo(expected);
        }
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

    private static SortedMap<String, Value> values(SplittableRandom random) {
        SortedMap<String, Value> values = new TreeMap<>();
        values.put("text", random.nextInt(5) == 0 ? Value.NULL : new Value.Text(text(random)));
        values.put("int", new Value.Int(random.nextLong()));
        double real = Double.longBitsToDouble(random.nextLong());
        values.put("real", new Value.Real(Double.isFinite(real) ? real : 0));
        values.put("decimal", new Value.Decimal(BigDecimal.valueOf(random.nextLong(), 10)));
        values.put("bool", new Value.Bool(random.nextBoolean()));
        values.put("time", new Value.Time(random.nextLong(-62_135_596_800_000_000L, 253_402_300_800_000_000L)));
        values.put("span", new Value.Span(random.nextLong()));
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        values.put("bytes", new Value.Bytes(bytes));
        values.put("json", new Value.Json("{\"n\":" + random.nextInt() + "}"));
        return values;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            int c = random.nextInt(1, 0x11000);
            text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
        }
        return text.toString();
    }
}
