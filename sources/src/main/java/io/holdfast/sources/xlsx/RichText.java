package io.holdfast.sources.xlsx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in runs, without its phonetic guides (ECMA-376, part 1, 18.4). Stateless. */
final class RichText {

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final int HEX = 16;

    private RichText() {}

    /** The text inside the element that has just begun, to its end. */
    static String read(XmlPart xml, String element) {
        StringBuilder text = new StringBuilder();
        boolean phonetic = false;
        while (xml.next() && !xml.ends(element)) {
            if (xml.begins("rPh")) {
                phonetic = true;
            } else if (xml.ends("rPh")) {
                phonetic = false;
            } else if (xml.begins("t") && !phonetic) {
                text.append(xml.text());
            } else if (xml.begins("t")) {
                xml.text();
            }
        }
        return unescaped(text.toString());
    }

    /** Characters that XML cannot hold are written {@code _x000D_} (ECMA-376, part 1, 22.9.2.19). */
    static String unescaped(String text) {
        if (text.indexOf("_x") < 0) {
            return text;
        }
        Matcher escaped = ESCAPED.matcher(text);
        return escaped.replaceAll(
                code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), HEX))));
    }
}
