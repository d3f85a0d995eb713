package io.holdfast.sources.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of strings that cells point into. Immutable after reading. */
final class SharedStrings {

    private final List<String> strings = new ArrayList<>();

    static SharedStrings read(XlsxPackage parts, String name, long bytesMax) {
        SharedStrings table = new SharedStrings();
        parts.part(name, bytesMax).ifPresent(part -> {
            try (XmlPart xml = new XmlPart(part, parts.failures())) {
                while (xml.next()) {
                    if (xml.begins("si")) {
                        table.strings.add(RichText.read(xml, "si"));
                    }
                }
            }
        });
        return table;
    }

    /** The string of that number; empty if the table has none. */
    Optional<String> get(int index) {
        return index >= 0 && index < strings.size() ? Optional.of(strings.get(index)) : Optional.empty();
    }
}
