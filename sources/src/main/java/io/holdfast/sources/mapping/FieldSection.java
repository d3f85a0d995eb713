package io.holdfast.sources.mapping;

import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.FieldTypeName;
import io.holdfast.core.schema.Sensitivity;
import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.yaml.YamlGroup;
import io.holdfast.sources.yaml.YamlTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one field of a mapping's text. What is wrong is noted among the problems. */
final class FieldSection {

    private static final List<String> KEYS =
            List.of("column", "type", "required", "format", "normalise", "dates", "references", "sensitivity");

    private final List<String> problems;

    FieldSection(List<String> problems) {
        this.problems = problems;
    }

    MappedField read(YamlTree.Member member) {
        YamlGroup group = new YamlGroup(member.value(), KEYS, problems);
        FieldType type = type(group);
        Constraints constraints = new Constraints(
                group.flag("required"),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                group.text("format"),
                List.of());
        Field field = Field.of(member.key(), type)
                .withConstraints(constraints)
                .withSensitivity(group.choice("sensitivity", List.of(Sensitivity.values()), MappingReader::word)
                        .orElse(Sensitivity.INTERNAL));
        MappedField mapped = new MappedField(
                Blanks.collapse(group.text("column", "")),
                field,
                normalise(group),
                group.choice("dates", List.of(DateForm.values()), DateForm::word),
                group.text("references"));
        dated(mapped, group);
        textual(mapped, group);
        return mapped;
    }

    private FieldType type(YamlGroup group) {
        String name = group.text("type", "TEXT");
        return FieldTypeName.parse(name).orElseGet(() -> {
            group.problem(
                    group.line("type"),
                    "there is no type '" + name
                            + "'; types are TEXT, INTEGER, REAL, DECIMAL(p,s) with p up to 38, BOOLEAN, INSTANT, DURATION, BYTES and JSON");
            return FieldType.Simple.TEXT;
        });
    }

    private Set<Normalisation> normalise(YamlGroup group) {
        List<Normalisation> named = group.choices("normalise", List.of(Normalisation.values()), Normalisation::word)
                .orElse(List.of(Normalisation.TRIM));
        Set<Normalisation> all = EnumSet.noneOf(Normalisation.class);
        all.addAll(named);
        if (all.contains(Normalisation.UPPER) && all.contains(Normalisation.LOWER)) {
            group.problem(
                    group.line("normalise"), "letters cannot become both capitals and small; leave upper or lower out");
        }
        return all;
    }

    private static void dated(MappedField mapped, YamlGroup group) {
        FieldType type = mapped.field().type();
        if (mapped.dates().isPresent() && type != FieldType.Simple.TEXT && type != FieldType.Simple.INSTANT) {
            group.problem(
                    group.line("dates"),
                    "days are kept as TEXT (2026-11-20) or INSTANT; '" + mapped.name() + "' is " + type);
        }
    }

    private static void textual(MappedField mapped, YamlGroup group) {
        if (mapped.field().constraints().pattern().isPresent() && mapped.field().type() != FieldType.Simple.TEXT) {
            group.problem(
                    group.line("format"),
                    "only TEXT has a format; '" + mapped.name() + "' is "
                            + mapped.field().type());
        }
    }
}
