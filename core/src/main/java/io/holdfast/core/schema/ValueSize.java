package io.holdfast.core.schema;

import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;

/** Counts the bytes of a value's canonical form ({@link io.holdfast.core.value.CanonicalValue}) without building it. */
final class ValueSize {

    private static final int TAG = 1;
    private static final int WORD = 4;
    private static final int LONG = 8;
    private static final int ENTRY = 3 * LONG;

    private ValueSize() {}

    static long of(Value value) {
        return TAG
                + switch (value) {
                    case Value.Null ignored -> 0;
                    case Value.Text text -> utf8(text.text());
                    case Value.Json json -> utf8(json.canonical());
                    case Value.Int ignored -> LONG;
                    case Value.Real ignored -> LONG;
                    case Value.Time ignored -> LONG;
                    case Value.Span ignored -> LONG;
                    case Value.Bool ignored -> 1;
                    case Value.Decimal decimal ->
                        WORD + decimal.number().unscaledValue().bitLength() / Byte.SIZE + 1;
                    case Value.Bytes bytes -> bytes.bytes().length;
                    case CounterValue counter ->
                        2 * WORD + (long) ENTRY * counter.totals().size();
                    case SetValue set -> set(set);
                };
    }

    private static long set(SetValue set) {
        long size = WORD;
        for (var element : set.elements().entrySet()) {
            size += 2 * WORD
                    + utf8(element.getKey())
                    + (long) ENTRY * element.getValue().size();
        }
        return size;
    }

    /** Bytes of well-formed text in UTF-8: each half of a surrogate pair counts two. */
    private static long utf8(String text) {
        long size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return size;
    }
}
