package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.SheetName;
import java.util.ArrayList;
import java.util.List;

/** What the workbook's own part says: its sheets, and from when it counts days. Immutable. */
record WorkbookPart(List<Entry> sheets, boolean from1904) {

    WorkbookPart {
        sheets = List.copyOf(sheets);
    }

    /** A sheet and the relation that leads to its part. */
    record Entry(SheetName name, String relation) {}

    static WorkbookPart read(XlsxPackage parts, String name) {
        List<Entry> sheets = new ArrayList<>();
        boolean from1904 = false;
        try (XmlPart xml =
                parts.xml(name).orElseThrow(() -> parts.failures().format("is a package, but not of a workbook"))) {
            while (xml.next()) {
                if (xml.begins("sheet")) {
                    sheets.add(entry(xml));
                } else if (xml.begins("workbookPr")) {
                    from1904 = List.of("1", "true", "on").contains(xml.attribute("date1904"));
                }
                if (sheets.size() > SheetLimits.SHEETS_MAX) {
                    throw parts.failures().tooLarge("has more than " + SheetLimits.SHEETS_MAX + " sheets");
                }
            }
        }
        return new WorkbookPart(sheets, from1904);
    }

    private static Entry entry(XmlPart xml) {
        String state = xml.attribute("state");
        boolean hidden = state.equals("hidden") || state.equals("veryHidden");
        return new Entry(
                new SheetName(xml.attribute("name"), hidden),
                xml.anyAttribute("id").orElse(""));
    }
}
