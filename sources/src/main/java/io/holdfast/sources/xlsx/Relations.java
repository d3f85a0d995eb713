package io.holdfast.sources.xlsx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which part another one means by an id (ECMA-376, part 2, 9.3). Immutable after reading. */
final class Relations {

    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> byType = new HashMap<>();

    /** The relations of a part; none if it has no list of them. */
    static Relations of(XlsxPackage from, String part) {
        int slash = part.lastIndexOf('/') + 1;
        String folder = part.substring(0, slash);
        Relations relations = new Relations();
        from.xml(folder + "_rels/" + part.substring(slash) + ".rels").ifPresent(xml -> {
            try (xml) {
                while (xml.next()) {
                    if (xml.begins("Relationship")) {
                        relations.add(xml, folder);
                    }
                }
            }
        });
        return relations;
    }

    private void add(XmlPart xml, String folder) {
        String target = xml.attribute("Target").replace('\\', '/');
        String part = target.startsWith("/") ? target.substring(1) : resolved(folder, target);
        String type = xml.attribute("Type");
        targets.put(xml.attribute("Id"), part);
        byType.putIfAbsent(type.substring(type.lastIndexOf('/') + 1), part);
    }

    private static String resolved(String folder, String target) {
        String base = folder;
        String rest = target;
        while (rest.startsWith("../") || rest.startsWith("./")) {
            if (rest.startsWith("../")) {
                int slash = base.lastIndexOf('/', base.length() - 2);
                base = slash < 0 ? "" : base.substring(0, slash + 1);
            }
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return base + rest;
    }

    Optional<String> target(String id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** The first part of a type, which is named by the last word of its address. */
    Optional<String> ofType(String type) {
        return Optional.ofNullable(byType.get(type));
    }
}
