package io.holdfast.core.value;

/**
 * The one byte form of each value, over which digests are computed and ties are broken: a tag byte, then
 * <ul>
 *   <li>0 null: nothing; 1 TEXT and 9 JSON: UTF-8; 8 BYTES: the bytes
 *   <li>2 INTEGER, 6 INSTANT, 7 DURATION: 8 bytes big-endian, two's complement (micros for the latter two)
 *   <li>3 REAL: 8 bytes big-endian IEEE 754; 5 BOOLEAN: one byte, 0 or 1
 *   <li>4 DECIMAL: scale as 4 bytes big-endian, then the unscaled number as big-endian two's complement
 *   <li>10 COUNTER: scale (4 bytes), number of incarnations (4), then for each, ascending as unsigned: incarnation,
 *       added, taken (8 bytes each)
 *   <li>11 UNION: number of elements (4), then for each, ascending in UTF-16 order: length of its UTF-8 (4), UTF-8,
 *       number of incarnations (4), and for each, ascending as unsigned: incarnation, added, removed (8 bytes each)
 * </ul>
 * The form has no length of its own: whoever embeds it writes the length before it.
 */
public final class CanonicalValue {

    private CanonicalValue() {}

    /** The canonical form, a new array. */
    public static byte[] bytes(Value value) {
        ByteSink out = new ByteSink(32);
        write(value, out);
        return out.toBytes();
    }

    /** Appends the canonical form. */
    public static void write(Value value, ByteSink out) {
        switch (value) {
            case Value.Null ignored -> out.put(0);
            case Value.Text text -> out.put(1).put(text.text());
            case Value.Int number -> out.put(2).putLong(number.number());
            case Value.Real number -> out.put(3).putLong(Double.doubleToLongBits(number.number()));
            case Value.Decimal decimal ->
                out.put(4)
                        .putInt(decimal.number().scale())
                        .put(decimal.number().unscaledValue().toByteArray());
            case Value.Bool bool -> out.put(5).put(bool.flag() ? 1 : 0);
            case Value.Time time -> out.put(6).putLong(time.epochMicros());
            case Value.Span span -> out.put(7).putLong(span.micros());
            case Value.Bytes bytes -> out.put(8).put(bytes.bytes());
            case Value.Json json -> out.put(9).put(json.canonical());
            case CounterValue counter -> counter(out, counter);
            case SetValue set -> set(out, set);
        }
    }

    /** Appends the length of the canonical form as 4 bytes, then the form. */
    public static void writeSized(Value value, ByteSink out) {
        int at = out.size();
        write(value, out.putInt(0));
        out.set(at, out.size() - at - Integer.BYTES);
    }

    private static void counter(ByteSink out, CounterValue counter) {
        out.put(10).putInt(counter.scale()).putInt(counter.totals().size());
        counter.totals()
                .forEach((incarnation, total) ->
                        out.putLong(incarnation).putLong(total.added()).putLong(total.taken()));
    }

    private static void set(ByteSink out, SetValue set) {
        out.put(11).putInt(set.elements().size());
        set.elements().forEach((element, marks) -> {
            out.putText(element).putInt(marks.size());
            marks.forEach((incarnation, mark) ->
                    out.putLong(incarnation).putLong(mark.added()).putLong(mark.removed()));
        });
    }
}
