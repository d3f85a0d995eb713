package io.holdfast.core.schema;

import io.holdfast.core.json.CanonicalNumber;
import io.holdfast.core.json.JsonTree;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays a schema out as JSON, leaving out all that has its default. */
final class SchemaTree {

    private SchemaTree() {}

    static JsonTree of(Schema schema) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        members.put("name", new JsonTree.Text(schema.name()));
        members.put("version", number(schema.version()));
        Map<String, JsonTree> collections = new LinkedHashMap<>();
        schema.collections().forEach((name, collection) -> collections.put(name, of(collection)));
        members.put("collections", new JsonTree.Members(collections));
        return new JsonTree.Members(members);
    }

    private static JsonTree of(CollectionSchema collection) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        collection.fields().forEach((name, field) -> fields.put(name, of(field)));
        members.put("fields", new JsonTree.Members(fields));
        if (!collection.indexes().isEmpty()) {
            members.put(
                    "indexes",
                    new JsonTree.Elements(
                            collection.indexes().stream().map(SchemaTree::of).toList()));
        }
        return new JsonTree.Members(members);
    }

    private static JsonTree of(Field field) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        members.put("type", new JsonTree.Text(FieldTypeName.of(field.type())));
        if (field.merge() != MergeRule.LAST_WRITE) {
            members.put("merge", new JsonTree.Text(field.merge().name()));
        }
        if (field.sensitivity() != Sensitivity.INTERNAL) {
            members.put("sensitivity", new JsonTree.Text(field.sensitivity().name()));
        }
        if (field.fullText()) {
            members.put("fullText", new JsonTree.Bool(true));
        }
        constraints(field.constraints(), members);
        return new JsonTree.Members(members);
    }

    private static void constraints(Constraints constraints, Map<String, JsonTree> members) {
        if (constraints.required()) {
            members.put("required", new JsonTree.Bool(true));
        }
        constraints.maxLength().ifPresent(length -> members.put("maxLength", number(length)));
        constraints.min().ifPresent(min -> members.put("min", exact(min)));
        constraints.max().ifPresent(max -> members.put("max", exact(max)));
        constraints.pattern().ifPresent(pattern -> members.put("pattern", new JsonTree.Text(pattern)));
        if (!constraints.oneOf().isEmpty()) {
            members.put("oneOf", texts(constraints.oneOf()));
        }
    }

    private static JsonTree of(Index index) {
        JsonTree fields = texts(index.fields());
        if (index.kind() == Index.Kind.ORDERED && index.where().isEmpty()) {
            return fields;
        }
        Map<String, JsonTree> members = new LinkedHashMap<>();
        members.put("fields", fields);
        if (index.kind() != Index.Kind.ORDERED) {
            members.put("kind", new JsonTree.Text(index.kind().name()));
        }
        index.where()
                .ifPresent(where -> members.put(
                        "where", new JsonTree.Members(Map.of(where.field(), new JsonTree.Text(where.is())))));
        return new JsonTree.Members(members);
    }

    private static JsonTree texts(List<String> texts) {
        return new JsonTree.Elements(
                texts.stream().<JsonTree>map(JsonTree.Text::new).toList());
    }

    private static JsonTree number(int number) {
        return new JsonTree.Numeral(Integer.toString(number));
    }

    /** A number where a double holds it exactly, else a string, so that the canonical text loses no digit. */
    private static JsonTree exact(BigDecimal bound) {
        double nearest = bound.doubleValue();
        if (Double.isFinite(nearest) && new BigDecimal(CanonicalNumber.of(nearest)).compareTo(bound) == 0) {
            return new JsonTree.Numeral(CanonicalNumber.of(nearest));
        }
        return new JsonTree.Text(bound.stripTrailingZeros().toString());
    }
}
