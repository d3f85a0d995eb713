package io.holdfast.core.document;

import io.holdfast.core.json.CanonicalNumber;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a record as people and programs read it: one JSON object on one line, {@code id} first, then the fields by name.
 * What {@link DocumentReader} reads from it is the same record. Instants and durations are ISO 8601, instants in UTC;
 * decimals are strings, so that no reader rounds them; counters are their visible number (of a decimal counter a string);
 * unions are arrays in order. Immutable and thread-safe.
 *
 * @param showsCleared whether cleared fields are written, as {@code null}; they are left out otherwise
 */
public record DocumentWriter(boolean showsCleared) {

    /** Leaves cleared fields out. */
    public static final DocumentWriter COMPACT = new DocumentWriter(false);

    /** Writes cleared fields as null. */
    public static final DocumentWriter WITH_NULLS = new DocumentWriter(true);

    /** The record as one line of JSON. */
    public String write(String id, SortedMap<String, Value> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            write(id, values, out);
        }
        return text.toString();
    }

    /** Writes the record as the next value of {@code out}. */
    public void write(String id, SortedMap<String, Value> values, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty(RecordIds.FIELD, id);
        for (Map.Entry<String, Value> field : values.entrySet()) {
            if (showsCleared || !field.getValue().isNull()) {
                out.writeName(field.getKey());
                write(field.getValue(), out);
            }
        }
        out.writeEndObject();
    }

    /** Writes one value as the next value of {@code out}. */
    public static void write(Value value, JsonGenerator out) {
        switch (value) {
            case Value.Null ignored -> out.writeNull();
            case Value.Text text -> out.writeString(text.text());
            case Value.Int number -> out.writeNumber(number.number());
            case Value.Real number -> out.writeNumber(CanonicalNumber.of(number.number()));
            case Value.Decimal decimal -> out.writeString(decimal.number().toPlainString());
            case Value.Bool bool -> out.writeBoolean(bool.flag());
            case Value.Time time -> out.writeString(Times.text(time.epochMicros()));
            case Value.Span span -> out.writeString(Times.durationText(span.micros()));
            case Value.Bytes bytes -> out.writeString(Base64.getEncoder().encodeToString(bytes.bytes()));
            case Value.Json json -> out.writeRawValue(json.canonical());
            case CounterValue counter -> counter(counter, out);
            case SetValue set -> {
                out.writeStartArray();
                set.members().forEach(out::writeString);
                out.writeEndArray();
            }
        }
    }

    private static void counter(CounterValue counter, JsonGenerator out) {
        if (counter.scale() == 0) {
            out.writeNumber(counter.sum());
        } else {
            out.writeString(BigDecimal.valueOf(counter.sum(), counter.scale()).toPlainString());
        }
    }
}
