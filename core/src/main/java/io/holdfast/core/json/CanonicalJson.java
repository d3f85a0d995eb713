package io.holdfast.core.json;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one text of a JSON value after RFC 8785 (JSON Canonicalization Scheme): no white space, names in UTF-16 order,
 * shortest escapes, numbers as ECMAScript writes doubles. Two equal values have the same text, so that they have the same
 * digest.
 *
 * <p>Nothing is changed silently: a number too large for a double, and an integer that would come out with other digits,
 * are refused (write such a number as a string). Fractions are rounded to the nearest double, as the RFC demands. Stateless
 * and thread-safe.
 */
public final class CanonicalJson {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalJson() {}

    /**
     * The canonical text of a JSON text. Idempotent.
     *
     * @throws JsonRefusedException if the text is not JSON as {@link JsonText} reads it, or a number does not fit a double
     */
    public static String of(String json) {
        return of(JsonText.read(json));
    }

    /** As {@link #of(String)}, from UTF-8. */
    public static String of(byte[] utf8) {
        return of(JsonText.read(utf8));
    }

    /** The canonical text of a value already read. */
    public static String of(JsonTree tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    /** Whether the text is JSON, and already in the canonical form. */
    public static boolean isCanonical(String json) {
        try {
            return of(json).equals(json);
        } catch (JsonRefusedException refused) {
            return false;
        }
    }

    private static void write(JsonTree tree, StringBuilder out) {
        switch (tree) {
            case JsonTree.Members object -> members(object.members(), out);
            case JsonTree.Elements array -> elements(array, out);
            case JsonTree.Text text -> quote(text.text(), out);
            case JsonTree.Numeral number -> out.append(CanonicalNumber.of(toDouble(number.literal())));
            case JsonTree.Bool bool -> out.append(bool.flag());
            case JsonTree.Null ignored -> out.append("null");
        }
    }

    private static void members(Map<String, JsonTree> members, StringBuilder out) {
        char separator = '{';
        for (Map.Entry<String, JsonTree> member : new TreeMap<>(members).entrySet()) {
            out.append(separator);
            quote(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void elements(JsonTree.Elements array, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (JsonTree element : array.elements()) {
            out.append(separator);
            write(element, out);
            separator = ",";
        }
        out.append(']');
    }

    private static double toDouble(String literal) {
        double number = Double.parseDouble(literal);
        if (Double.isInfinite(number)) {
            throw new JsonRefusedException(
                    JsonRefusedException.Reason.NUMBER, "a number is too large for a double; write it as a string");
        }
        if (isInteger(literal) && new BigDecimal(literal).compareTo(new BigDecimal(CanonicalNumber.of(number))) != 0) {
            throw new JsonRefusedException(
                    JsonRefusedException.Reason.NUMBER,
                    "an integer has more digits than a double holds; write it as a string");
        }
        return number;
    }

    private static boolean isInteger(String literal) {
        return literal.indexOf('.') < 0 && literal.indexOf('e') < 0 && literal.indexOf('E') < 0;
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
