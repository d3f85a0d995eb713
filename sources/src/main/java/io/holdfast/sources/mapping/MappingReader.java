package io.holdfast.sources.mapping;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.SchemaRules;
import io.holdfast.sources.yaml.YamlGroup;
import io.holdfast.sources.yaml.YamlRefusedException;
import io.holdfast.sources.yaml.YamlText;
import io.holdfast.sources.yaml.YamlTree;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a mapping from YAML or JSON. Strict: unknown keys, wrong values and names that lead nowhere are all refused, and reported
 * together with their lines. Stateless.
 *
 * <pre>{@code
 * target: sales
 * fields:
 *   lot:   {column: LOT, type: INTEGER}
 *   price: {column: SALE PRICE, type: "DECIMAL(18,2)", required: true}
 * key: [lot]
 * }</pre>
 */
public final class MappingReader {

    /** Largest text of a mapping, in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int PROBLEMS_SHOWN = 20;
    private static final String WHOLE_ROW = "row";

    private static final List<String> KEYS = List.of(
            "target", "version", "sheet", "header", "zone", "fields", "key", "duplicates", "deletions", "timestamp");

    private final List<String> problems = new ArrayList<>();

    private MappingReader() {}

    /**
     * Reads a mapping from UTF-8.
     *
     * @throws HoldfastException MAPPING_INVALID, with all that is wrong
     */
    public static Mapping read(byte[] utf8) {
        if (utf8.length > BYTES_MAX) {
            throw refused(List.of("it has more than " + BYTES_MAX + " bytes"));
        }
        try {
            return read(JsonText.decode(utf8));
        } catch (JsonRefusedException noUtf8) {
            throw refused(List.of("it is not written in UTF-8"));
        }
    }

    /** As {@link #read(byte[])}, from text. */
    public static Mapping read(String text) {
        if (text.length() > BYTES_MAX) {
            throw refused(List.of("it has more than " + BYTES_MAX + " characters"));
        }
        try {
            return new MappingReader().mapping(YamlText.read(text));
        } catch (YamlRefusedException malformed) {
            throw refused(List.of(malformed.sentence()));
        }
    }

    private Mapping mapping(YamlTree tree) {
        YamlGroup group = new YamlGroup(tree, KEYS, problems);
        List<MappedField> fields = fields(group);
        Mapping mapping = new Mapping(
                group.text("target", "unnamed"),
                group.positive("version").orElse(1),
                group.text("sheet"),
                header(group),
                zone(group),
                fields,
                key(group, fields),
                group.choice("duplicates", List.of(DuplicatePolicy.values()), MappingReader::word)
                        .orElse(DuplicatePolicy.QUARANTINE),
                group.choice("deletions", List.of(DeletionPolicy.values()), MappingReader::word)
                        .orElse(DeletionPolicy.IGNORE),
                timestamp(group, fields));
        if (problems.isEmpty()) {
            SchemaRules.problems(mapping.schema()).forEach(problem -> problems.add(problem.toString()));
        }
        if (!problems.isEmpty()) {
            throw refused(problems);
        }
        return mapping;
    }

    /** A choice as a mapping names it. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private HeaderHint header(YamlGroup group) {
        if (group.text("header").filter("none"::equals).isPresent()) {
            return new HeaderHint.None();
        }
        return group.positive("header").<HeaderHint>map(HeaderHint.At::new).orElseGet(HeaderHint.Found::new);
    }

    private static ZoneId zone(YamlGroup group) {
        try {
            return group.text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException unknown) {
            group.problem(group.line("zone"), "'zone' is a time zone such as Europe/Berlin, or UTC");
            return ZoneOffset.UTC;
        }
    }

    private List<MappedField> fields(YamlGroup group) {
        Optional<YamlTree> fields = group.value("fields");
        if (fields.isEmpty()
                || !(fields.get() instanceof YamlTree.Members members)
                || members.members().isEmpty()) {
            group.problem(group.line("fields"), "'fields' names each field of the target, with its column and type");
            return List.of();
        }
        if (members.members().size() > Limits.FIELDS_MAX) {
            group.problem(members.line(), "a collection has at most " + Limits.FIELDS_MAX + " fields");
        }
        FieldSection section = new FieldSection(problems);
        return members.members().stream().map(section::read).toList();
    }

    private List<String> key(YamlGroup group, List<MappedField> fields) {
        Optional<YamlTree> value = group.value("key");
        if (value.isEmpty()) {
            group.problem(
                    group.line(),
                    "'key' is missing; list the fields that tell one record from another, or write key: " + WHOLE_ROW);
            return List.of();
        }
        if (value.get() instanceof YamlTree.Scalar scalar && scalar.text().equals(WHOLE_ROW)) {
            return List.of();
        }
        List<String> key = group.texts("key").orElse(List.of());
        Set<String> once = new HashSet<>();
        for (String name : key) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                group.problem(group.line("key"), "the key names '" + name + "', which is none of the fields");
            }
            if (!once.add(name)) {
                group.problem(group.line("key"), "the key names '" + name + "' twice");
            }
        }
        if (key.isEmpty() && value.get() instanceof YamlTree.Items) {
            group.problem(
                    group.line("key"),
                    "the key names no field; write key: " + WHOLE_ROW + " if the whole row is the key");
        }
        return key;
    }

    private static Optional<String> timestamp(YamlGroup group, List<MappedField> fields) {
        Optional<String> name = group.text("timestamp");
        boolean dated = name.isEmpty()
                || fields.stream()
                        .anyMatch(field ->
                                field.name().equals(name.get()) && field.field().type() == FieldType.Simple.INSTANT);
        if (!dated) {
            group.problem(group.line("timestamp"), "'timestamp' names a field of type INSTANT");
        }
        return name;
    }

    private static HoldfastException refused(List<String> problems) {
        List<String> shown = problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()));
        int rest = problems.size() - shown.size();
        String told = String.join("; ", shown) + (rest > 0 ? "; and " + rest + " more" : "");
        return new HoldfastException(
                ErrorCode.MAPPING_INVALID, "The mapping is refused: " + told + (told.endsWith("?") ? "" : "."));
    }
}
