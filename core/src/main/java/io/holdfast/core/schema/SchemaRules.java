package io.holdfast.core.schema;

import io.holdfast.core.Limits;
import io.holdfast.core.value.WellFormedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules that a whole schema keeps, wherever it came from: names, limits, and which index fits which field. What
 * concerns one field alone is in {@link FieldRules}. Stateless and thread-safe.
 */
public final class SchemaRules {

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]*");
    private static final Set<String> RESERVED_FIELDS = Set.of("id");
    private static final String RESERVED_COLLECTION_PREFIX = "sqlite_";

    private SchemaRules() {}

    /** Everything that is wrong with the schema; empty if it is sound. */
    public static List<SchemaProblem> problems(Schema schema) {
        List<SchemaProblem> problems = new ArrayList<>();
        name("/name", schema.name(), problems);
        if (schema.collections().isEmpty() || schema.collections().size() > Limits.COLLECTIONS_MAX) {
            problems.add(
                    new SchemaProblem("/collections", "a schema has 1 to " + Limits.COLLECTIONS_MAX + " collections"));
        }
        distinctIgnoringCase("/collections", schema.collections().keySet(), problems);
        schema.collections().values().forEach(collection -> collection(collection, problems));
        return problems;
    }

    /**
     * The schema itself, if it is sound.
     *
     * @throws SchemaInvalidException with all that is wrong
     */
    public static Schema requireSound(Schema schema) {
        List<SchemaProblem> problems = problems(schema);
        if (!problems.isEmpty()) {
            throw new SchemaInvalidException(problems);
        }
        return schema;
    }

    private static void collection(CollectionSchema collection, List<SchemaProblem> problems) {
        String path = SchemaPaths.collection(collection.name());
        name(path, collection.name(), problems);
        if (collection.name().startsWith(RESERVED_COLLECTION_PREFIX)) {
            problems.add(new SchemaProblem(path, "names that begin with sqlite_ are reserved"));
        }
        int fields = collection.fields().size();
        if (fields == 0 || fields > Limits.FIELDS_MAX) {
            problems.add(new SchemaProblem(path + "/fields", "a collection has 1 to " + Limits.FIELDS_MAX + " fields"));
        }
        distinctIgnoringCase(path + "/fields", collection.fields().keySet(), problems);
        for (Field field : collection.fields().values()) {
            String fieldPath = SchemaPaths.field(collection.name(), field.name());
            name(fieldPath, field.name(), problems);
            if (RESERVED_FIELDS.contains(field.name())) {
                problems.add(new SchemaProblem(fieldPath, "the name is reserved for the record's own id"));
            }
            FieldRules.check(field, fieldPath, problems);
        }
        indexes(collection, problems);
    }

    private static void name(String path, String name, List<SchemaProblem> problems) {
        if (name.startsWith("_")) {
            problems.add(new SchemaProblem(path, "names that begin with an underscore are reserved"));
        } else if (!NAME.matcher(name).matches() || name.length() > Limits.NAME_LENGTH_MAX) {
            problems.add(new SchemaProblem(
                    path,
                    "a name is a lower-case letter, then letters, digits and underscores, at most "
                            + Limits.NAME_LENGTH_MAX + " characters"));
        }
    }

    /** Databases fold the case of names, so two that differ only in case would be one column. */
    private static void distinctIgnoringCase(String path, Set<String> names, List<SchemaProblem> problems) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (first != null) {
                problems.add(new SchemaProblem(
                        path + "/" + SchemaPaths.escaped(name), "differs from " + first + " only in case"));
            }
        }
    }

    private static void indexes(CollectionSchema collection, List<SchemaProblem> problems) {
        String path = SchemaPaths.collection(collection.name()) + "/indexes";
        if (collection.indexes().size() > Limits.INDEXES_MAX) {
            problems.add(new SchemaProblem(path, "a collection has at most " + Limits.INDEXES_MAX + " indexes"));
        }
        for (int i = 0; i < collection.indexes().size(); i++) {
            Index index = collection.indexes().get(i);
            index(collection, index, path + "/" + i, problems);
            if (collection.indexes().indexOf(index) < i) {
                problems.add(new SchemaProblem(path + "/" + i, "the index is there twice"));
            }
        }
    }

    private static void index(CollectionSchema collection, Index index, String path, List<SchemaProblem> problems) {
        int fields = index.fields().size();
        if (fields == 0 || fields > Limits.INDEX_FIELDS_MAX) {
            problems.add(new SchemaProblem(path, "an index has 1 to " + Limits.INDEX_FIELDS_MAX + " fields"));
        }
        if (Set.copyOf(index.fields()).size() < fields) {
            problems.add(new SchemaProblem(path, "an index names a field only once"));
        }
        index.where().ifPresent(where -> where(collection, where, path, problems));
        for (String name : index.fields()) {
            collection
                    .field(name)
                    .ifPresentOrElse(
                            field -> indexed(field, path, problems),
                            () -> problems.add(new SchemaProblem(path, "there is no field " + quoted(name))));
        }
    }

    private static void where(
            CollectionSchema collection, Index.Where where, String path, List<SchemaProblem> problems) {
        Optional<Field> field = collection.field(where.field());
        if (field.isEmpty()) {
            problems.add(new SchemaProblem(path, "there is no field " + quoted(where.field())));
        } else if (field.get().type() != FieldType.Simple.TEXT || field.get().merge() == MergeRule.UNION) {
            problems.add(new SchemaProblem(path, "an index covers the records whose TEXT field holds one text"));
        } else if (!WellFormedText.isWellFormed(where.is())) {
            problems.add(new SchemaProblem(path, "the text holds NUL or a lone surrogate"));
        }
    }

    private static void indexed(Field field, String path, List<SchemaProblem> problems) {
        boolean lattice = field.merge() == MergeRule.COUNTER || field.merge() == MergeRule.UNION;
        boolean opaque = field.type() == FieldType.Simple.BYTES || field.type() == FieldType.Simple.JSON;
        if (lattice || opaque) {
            problems.add(new SchemaProblem(
                    path,
                    "field " + field.name() + " cannot be indexed: counters, unions, BYTES and JSON have no index"));
        }
    }

    private static String quoted(String name) {
        return '"' + Violation.shortened(name) + '"';
    }
}
