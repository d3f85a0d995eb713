package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Tuple;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as text for reports: strings quoted with what cannot be seen escaped, bytes in hexadecimal, all in one line. Stateless. */
public final class Rendering {

    private Rendering() {}

    /** Returns the text for a value; for types that are not known here, its {@code toString()}. */
    public static String of(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case Tuple.Two<?, ?>(var a, var b) -> "(" + of(a) + ", " + of(b) + ")";
            case Tuple.Three<?, ?, ?>(var a, var b, var c) -> "(" + of(a) + ", " + of(b) + ", " + of(c) + ")";
            case Tuple.Four<?, ?, ?, ?>(var a, var b, var c, var d) ->
                "(" + of(a) + ", " + of(b) + ", " + of(c) + ", " + of(d) + ")";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> values -> values.stream().map(Rendering::of).collect(Collectors.joining(", ", "[", "]"));
            case Optional<?> optional ->
                optional.isPresent() ? "Optional[" + of(optional.get()) + "]" : "Optional.empty";
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(Rendering::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            return "\\" + Character.toString(codePoint);
        }
        boolean visible =
                codePoint < 0x7f ? codePoint >= ' ' : codePoint > 0xa0 && Character.isLetterOrDigit(codePoint);
        if (visible) {
            return Character.toString(codePoint);
        }
        return Character.toString(codePoint)
                .chars()
                .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                .collect(Collectors.joining());
    }
}
