package io.holdfast.core.schema;

import io.holdfast.core.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns a JSON tree into a schema, and notes all that is wrong on the way. For one reading; not thread-safe. */
final class SchemaReader {

    private static final Set<String> SCHEMA_KEYS = Set.of("name", "version", "collections");
    private static final Set<String> COLLECTION_KEYS = Set.of("fields", "indexes");
    private static final Set<String> INDEX_KEYS = Set.of("fields", "kind", "where");

    private final List<SchemaProblem> problems = new ArrayList<>();
    private final FieldReader fieldReader = new FieldReader(problems);

    Schema read(JsonTree tree) {
        Schema schema = schema(new JsonMembers(tree, "", SCHEMA_KEYS, problems));
        problems.addAll(SchemaRules.problems(schema));
        if (!problems.isEmpty()) {
            throw new SchemaInvalidException(problems.stream().distinct().toList());
        }
        return schema;
    }

    private Schema schema(JsonMembers members) {
        String name = members.text("name").orElseGet(() -> members.missing("name", "unnamed"));
        int version = members.integer("version").orElseGet(() -> members.missing("version", 1));
        if (version < 1) {
            members.problem("version", "a version is a whole number of 1 or more");
        }
        Map<String, CollectionSchema> collections = new TreeMap<>();
        members.object("collections").forEach((collectionName, tree) -> {
            String path = SchemaPaths.collection(collectionName);
            collections.put(
                    collectionName, collection(collectionName, new JsonMembers(tree, path, COLLECTION_KEYS, problems)));
        });
        return new Schema(name, Math.max(1, version), new TreeMap<>(collections));
    }

    private CollectionSchema collection(String name, JsonMembers members) {
        Map<String, Field> fields = new HashMap<>();
        Set<String> unreadable = new HashSet<>();
        members.object("fields").forEach((fieldName, tree) -> {
            Optional<Field> field = fieldReader.read(fieldName, tree, SchemaPaths.field(name, fieldName));
            field.ifPresentOrElse(read -> fields.put(fieldName, read), () -> unreadable.add(fieldName));
        });
        return new CollectionSchema(name, new TreeMap<>(fields), indexes(members, unreadable));
    }

    /** Indexes over fields that could not be read are left out: what is wrong with them has been said. */
    private List<Index> indexes(JsonMembers members, Set<String> unreadable) {
        List<Index> indexes = new ArrayList<>();
        List<JsonTree> trees = members.array("indexes");
        for (int i = 0; i < trees.size(); i++) {
            index(trees.get(i), members.path("indexes") + "/" + i)
                    .filter(index -> index.fields().stream().noneMatch(unreadable::contains))
                    .ifPresent(indexes::add);
        }
        return indexes;
    }

    private Optional<Index> index(JsonTree tree, String path) {
        if (tree instanceof JsonTree.Elements elements) {
            return JsonMembers.texts(elements, path, problems).map(fields -> new Index(fields, Index.Kind.ORDERED));
        }
        JsonMembers members = new JsonMembers(tree, path, INDEX_KEYS, problems);
        Index.Kind kind = members.choice("kind", Index.Kind.values()).orElse(Index.Kind.ORDERED);
        Optional<Index.Where> where = members.has("where") ? where(members) : Optional.empty();
        return members.texts("fields").map(fields -> new Index(fields, kind, where));
    }

    private static Optional<Index.Where> where(JsonMembers members) {
        List<Index.Where> conditions = new ArrayList<>();
        members.object("where").forEach((field, tree) -> {
            if (tree instanceof JsonTree.Text text) {
                conditions.add(new Index.Where(field, text.text()));
            }
        });
        if (conditions.size() != 1) {
            members.problem("where", "expected one field and its text, such as {\"status\": \"failed\"}");
            return Optional.empty();
        }
        return Optional.of(conditions.getFirst());
    }
}
