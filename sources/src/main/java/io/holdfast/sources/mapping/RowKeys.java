package io.holdfast.sources.mapping;

import io.holdfast.core.document.RecordIds;
import io.holdfast.core.value.ByteSink;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Sha256;
import io.holdfast.core.value.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ids of a source's records, made from their keys: of one field the value as text, of several the values joined by slashes
 * (in them {@code ~} is written {@code ~0} and a slash {@code ~1}, as in RFC 6901). A key that is no record id, and the whole row where
 * no field is the key, stand as {@code #} and 40 digits of their SHA-256. Different keys never have the same id. Immutable.
 *
 * @param fields of the key; empty for the whole row
 */
record RowKeys(List<String> fields) {

    private static final int HASH_BYTES = 20;
    private static final Pattern HASHED = Pattern.compile("#[0-9a-f]{40}");

    /** The key for people; of one field as it is. */
    String text(SortedMap<String, Value> values) {
        return fields.size() == 1
                ? text(values.getOrDefault(fields.getFirst(), Value.NULL))
                : fields.stream()
                        .map(field -> escaped(text(values.getOrDefault(field, Value.NULL))))
                        .collect(Collectors.joining("/"));
    }

    /** The id of the record that has these values, whose content's hash is known. */
    String id(SortedMap<String, Value> values, byte[] content) {
        if (fields.isEmpty()) {
            return hashed(content);
        }
        String text = text(values);
        boolean readable =
                RecordIds.check(text).isEmpty() && !HASHED.matcher(text).matches();
        return readable ? text : hashed(new Sha256().text(text).digest());
    }

    private static String hashed(byte[] sha256) {
        return "#" + java.util.HexFormat.of().formatHex(sha256, 0, HASH_BYTES);
    }

    /** SHA-256 over names and canonical values, each after its length; what is null is left out. */
    static byte[] content(SortedMap<String, Value> values) {
        ByteSink bytes = new ByteSink(256);
        values.forEach((name, value) -> {
            if (!value.isNull()) {
                bytes.putText(name);
                CanonicalValue.writeSized(value, bytes);
            }
        });
        return new Sha256().bytes(bytes.toBytes()).digest();
    }

    private static String escaped(String text) {
        return text.replace("~", "~0").replace("/", "~1");
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Null ignored -> "";
            case Value.Text text -> text.text();
            case Value.Int number -> Long.toString(number.number());
            case Value.Real number -> Double.toString(number.number());
            case Value.Decimal decimal -> decimal.number().toPlainString();
            case Value.Bool flag -> Boolean.toString(flag.flag());
            case Value.Time time ->
                Instant.EPOCH.plus(time.epochMicros(), ChronoUnit.MICROS).toString();
            case Value.Span span -> Long.toString(span.micros());
            case Value.Bytes bytes -> Base64.getEncoder().encodeToString(bytes.bytes());
            case Value.Json json -> json.canonical();
            case CounterValue counter -> throw noCellGives(counter);
            case SetValue set -> throw noCellGives(set);
        };
    }

    private static IllegalArgumentException noCellGives(Value value) {
        return new IllegalArgumentException(
                "no cell gives a " + value.getClass().getSimpleName());
    }
}
