package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.ExcelDates;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which cell styles show numbers as days or times. Immutable after reading. */
final class Styles {

    private final BitSet dates = new BitSet();

    static Styles read(XlsxPackage parts, String name) {
        Styles styles = new Styles();
        parts.xml(name).ifPresent(xml -> {
            try (xml) {
                styles.read(xml);
            }
        });
        return styles;
    }

    private void read(XmlPart xml) {
        Map<Integer, String> codes = new HashMap<>();
        boolean cellFormats = false;
        int style = 0;
        while (xml.next()) {
            if (xml.begins("numFmt")) {
                codes.putIfAbsent(CellReader.integer(xml.attribute("numFmtId"), -1), xml.attribute("formatCode"));
            } else if (xml.begins("cellXfs")) {
                cellFormats = true;
            } else if (xml.ends("cellXfs")) {
                cellFormats = false;
            } else if (cellFormats && xml.begins("xf")) {
                int id = CellReader.integer(xml.attribute("numFmtId"), 0);
                dates.set(style++, ExcelDates.isDate(id, codes.getOrDefault(id, "")));
            }
        }
    }

    boolean isDate(int style) {
        return style >= 0 && dates.get(style);
    }
}
