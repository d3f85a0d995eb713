package io.holdfast.core.protocol;

import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.IncarnationOrder;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * Values on the wire. Text, integers, truth and null are plain JSON; every other kind is an object of one property that
 * names it, so that a reader without the schema can keep and pass on what it reads.
 */
final class ValueJson {

    private static final HexFormat HEX = HexFormat.of();

    private ValueJson() {}

    static void write(JsonGenerator out, Value value) {
        switch (value) {
            case Value.Null ignored -> out.writeNull();
            case Value.Text text -> out.writeString(text.text());
            case Value.Int number -> out.writeNumber(number.number());
            case Value.Bool bool -> out.writeBoolean(bool.flag());
            case Value.Real real -> tagged(out, "real", () -> out.writeNumber(real.number()));
            case Value.Decimal decimal -> tagged(out, "decimal", () -> out.writeString(plain(decimal.number())));
            case Value.Time time -> tagged(out, "instant", () -> out.writeNumber(time.epochMicros()));
            case Value.Span span -> tagged(out, "duration", () -> out.writeNumber(span.micros()));
            case Value.Bytes bytes ->
                tagged(out, "bytes", () -> out.writeString(Base64.getEncoder().encodeToString(bytes.bytes())));
            case Value.Json json -> tagged(out, "json", () -> out.writeString(json.canonical()));
            case CounterValue counter -> tagged(out, "counter", () -> counter(out, counter));
            case SetValue set -> tagged(out, "set", () -> set(out, set));
        }
    }

    private static void tagged(JsonGenerator out, String tag, Runnable value) {
        out.writeStartObject();
        out.writeName(tag);
        value.run();
        out.writeEndObject();
    }

    /** Plain digits, or the scale as an exponent where plain digits could not tell it. */
    private static String plain(BigDecimal number) {
        return number.scale() >= 0 ? number.toPlainString() : number.toString();
    }

    private static void counter(JsonGenerator out, CounterValue counter) {
        out.writeStartObject();
        out.writeNumberProperty("scale", counter.scale());
        counter.totals().forEach((incarnation, total) -> pair(out, incarnation, total.added(), total.taken()));
        out.writeEndObject();
    }

    private static void set(JsonGenerator out, SetValue set) {
        out.writeStartObject();
        set.elements().forEach((element, marks) -> {
            out.writeName(element);
            out.writeStartObject();
            marks.forEach((incarnation, mark) -> pair(out, incarnation, mark.added(), mark.removed()));
            out.writeEndObject();
        });
        out.writeEndObject();
    }

    private static void pair(JsonGenerator out, long incarnation, long first, long second) {
        out.writeName(HEX.toHexDigits(incarnation));
        out.writeStartArray();
        out.writeNumber(first);
        out.writeNumber(second);
        out.writeEndArray();
    }

    static Value read(JsonIn in) {
        return switch (in.token()) {
            case VALUE_NULL -> Value.NULL;
            case VALUE_STRING -> new Value.Text(in.text());
            case VALUE_NUMBER_INT -> new Value.Int(in.number());
            case VALUE_TRUE, VALUE_FALSE -> new Value.Bool(in.flag());
            case START_OBJECT -> tagged(in);
            case START_ARRAY, VALUE_NUMBER_FLOAT -> throw in.malformed("a value is expected");
            default -> throw in.malformed("a value is expected");
        };
    }

    private static Value tagged(JsonIn in) {
        Value[] value = {Value.NULL};
        in.object(tag -> {
            value[0] = switch (tag) {
                case "real" -> new Value.Real(in.real());
                case "decimal" -> new Value.Decimal(decimal(in));
                case "instant" -> new Value.Time(in.number());
                case "duration" -> new Value.Span(in.number());
                case "bytes" -> new Value.Bytes(Base64.getDecoder().decode(in.text()));
                case "json" -> new Value.Json(in.text());
                case "counter" -> counter(in);
                case "set" -> set(in);
                default -> throw in.malformed("the kind of value " + tag + " is unknown");
            };
            return true;
        });
        if (value[0].isNull()) {
            throw in.malformed("a value names no kind");
        }
        return value[0];
    }

    private static BigDecimal decimal(JsonIn in) {
        String digits = in.text();
        if (digits.length() > 64) {
            throw in.malformed("a decimal has too many digits");
        }
        try {
            BigDecimal number = new BigDecimal(digits);
            if (Math.abs((long) number.scale()) > 64) {
                throw in.malformed("a decimal is out of range");
            }
            return number;
        } catch (NumberFormatException e) {
            throw in.malformed("a decimal is written in digits, like 12.50");
        }
    }

    private static Value counter(JsonIn in) {
        int[] scale = {0};
        SortedMap<Long, CounterValue.Total> totals = new TreeMap<>(IncarnationOrder.UNSIGNED);
        in.object(name -> {
            if (name.equals("scale")) {
                scale[0] = in.small();
            } else {
                Pair pair = pair(in);
                totals.put(HexFormat.fromHexDigitsToLong(name), new CounterValue.Total(pair.first(), pair.second()));
            }
            return true;
        });
        return new CounterValue(totals, scale[0]);
    }

    private static Value set(JsonIn in) {
        TreeMap<String, SortedMap<Long, SetValue.Mark>> elements = new TreeMap<>();
        in.object(element -> {
            SortedMap<Long, SetValue.Mark> marks = new TreeMap<>(IncarnationOrder.UNSIGNED);
            in.object(name -> {
                Pair pair = pair(in);
                marks.put(HexFormat.fromHexDigitsToLong(name), new SetValue.Mark(pair.first(), pair.second()));
                return true;
            });
            elements.put(element, marks);
            return true;
        });
        return new SetValue(elements);
    }

    private record Pair(long first, long second) {}

    private static Pair pair(JsonIn in) {
        var numbers = in.list(in::number);
        if (numbers.size() != 2) {
            throw in.malformed("two numbers are expected");
        }
        return new Pair(numbers.get(0), numbers.get(1));
    }
}
