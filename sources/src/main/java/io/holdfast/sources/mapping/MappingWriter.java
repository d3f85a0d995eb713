package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Sensitivity;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes mappings as YAML, so that {@link MappingReader} reads the same again; what has its default is left out. Stateless. */
public final class MappingWriter {

    /** What YAML 1.1 or 1.2 takes for no text. */
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private MappingWriter() {}

    /** As YAML, with comments. */
    public static String yaml(Mapping mapping, Remarks remarks) {
        StringBuilder yaml = new StringBuilder();
        comment(yaml, "", remarks.head());
        line(yaml, "target", name(mapping.target()));
        if (mapping.version() != 1) {
            line(yaml, "version", String.valueOf(mapping.version()));
        }
        mapping.sheet().ifPresent(sheet -> line(yaml, "sheet", quoted(sheet)));
        header(mapping.header()).ifPresent(header -> line(yaml, "header", header));
        if (!mapping.zone().equals(ZoneOffset.UTC)) {
            line(yaml, "zone", mapping.zone().getId());
        }
        yaml.append("fields:\n");
        for (MappedField field : mapping.fields()) {
            comment(yaml, "  ", remarks.fields().getOrDefault(field.name(), List.of()));
            field(yaml, field, mapping.key());
        }
        comment(yaml, "  ", remarks.left());
        comment(yaml, "", remarks.key());
        line(
                yaml,
                "key",
                mapping.key().isEmpty()
                        ? "row"
                        : mapping.key().stream().map(MappingWriter::name).collect(Collectors.joining(", ", "[", "]")));
        line(yaml, "duplicates", MappingReader.word(mapping.duplicates()));
        line(yaml, "deletions", MappingReader.word(mapping.deletions()));
        mapping.timestamp().ifPresent(field -> line(yaml, "timestamp", name(field)));
        return yaml.toString();
    }

    private static void field(StringBuilder yaml, MappedField field, List<String> key) {
        yaml.append("  ").append(name(field.name())).append(":\n");
        line(yaml, "    column", quoted(field.column()));
        line(yaml, "    type", field.field().type().toString());
        if (field.field().constraints().required() && !key.contains(field.name())) {
            line(yaml, "    required", "true");
        }
        field.field().constraints().pattern().ifPresent(format -> line(yaml, "    format", quoted(format)));
        if (!isDefault(field)) {
            line(yaml, "    normalise", "[" + words(field).collect(Collectors.joining(", ")) + "]");
        }
        field.dates().ifPresent(form -> line(yaml, "    dates", form.word()));
        field.references().ifPresent(target -> line(yaml, "    references", name(target)));
        if (field.field().sensitivity() != Sensitivity.INTERNAL) {
            line(yaml, "    sensitivity", MappingReader.word(field.field().sensitivity()));
        }
    }

    static boolean isDefault(MappedField field) {
        return field.normalise().equals(Set.of(Normalisation.TRIM));
    }

    static Stream<String> words(MappedField field) {
        return field.normalise().stream().map(Normalisation::word);
    }

    private static Optional<String> header(HeaderHint header) {
        return switch (header) {
            case HeaderHint.Found ignored -> Optional.empty();
            case HeaderHint.At at -> Optional.of(String.valueOf(at.row()));
            case HeaderHint.None ignored -> Optional.of("none");
        };
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    /** Comments hold what stands in sheets: whatever could end the line becomes a blank. */
    private static void comment(StringBuilder yaml, String indent, List<String> lines) {
        for (String line : lines) {
            yaml.append(indent).append("# ");
            line.codePoints().map(point -> isPrintable(point) ? point : ' ').forEach(yaml::appendCodePoint);
            yaml.append('\n');
        }
    }

    /** A name of ours, in quotes where a reader could take it for something else than a text. */
    private static String name(String name) {
        return name.matches("[a-z][A-Za-z0-9_]*") && !WORDS.contains(name) ? name : quoted(name);
    }

    /** In double quotes, as YAML and JSON write it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (isPrintable(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append(String.format(Locale.ROOT, point > 0xffff ? "\\U%08x" : "\\u%04x", point));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.FORMAT;
    }
}
