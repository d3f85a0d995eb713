package io.holdfast.apikit;

import io.holdfast.core.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The operations that an OpenAPI description in YAML has, with its references resolved. Immutable. */
public final class ApiDescription {

    private final JsonTree root;

    private ApiDescription(JsonTree root) {
        this.root = root;
    }

    /**
     * One address under one method.
     *
     * @param secured whether it asks for a token
     * @param body the schema of its JSON body, if it takes one
     */
    public record Operation(
            String method, String path, boolean secured, List<Parameter> parameters, Optional<JsonTree> body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A parameter with its schema. */
    public record Parameter(String name, String in, JsonTree schema) {}

    /** Reads a description. */
    public static ApiDescription of(String yaml) {
        return new ApiDescription(tree(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }

    private static JsonTree tree(@Nullable Object yaml) {
        return switch (yaml) {
            case Map<?, ?> map -> {
                Map<String, JsonTree> members = new LinkedHashMap<>();
                map.forEach((name, value) -> members.put(String.valueOf(name), tree(value)));
                yield new JsonTree.Members(members);
            }
            case List<?> list ->
                new JsonTree.Elements(list.stream().map(ApiDescription::tree).toList());
            case Boolean flag -> new JsonTree.Bool(flag);
            case Number number -> new JsonTree.Numeral(number.toString());
            case null ->
                throw new IllegalArgumentException(
                        "the description names something without a value; is a comma not quoted?");
            default -> new JsonTree.Text(yaml.toString());
        };
    }

    /** Every operation, in the order of the description. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        members(at(root, "paths"))
                .forEach((path, methods) -> members(methods)
                        .forEach((method, operation) -> operations.add(operation(path, method, operation))));
        return operations;
    }

    private Operation operation(String path, String method, JsonTree operation) {
        List<Parameter> parameters = elements(at(operation, "parameters")).stream()
                .map(this::resolved)
                .map(each -> new Parameter(text(each, "name"), text(each, "in"), resolved(at(each, "schema"))))
                .toList();
        JsonTree schema = at(at(at(resolved(at(operation, "requestBody")), "content"), "application/json"), "schema");
        // Without a word on it the token of the whole description is asked for; [] and [{}] ask for none.
        boolean secured = !members(operation).containsKey("security");
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                secured,
                parameters,
                schema instanceof JsonTree.Null ? Optional.empty() : Optional.of(resolved(schema)));
    }

    /** What a reference stands for, and all parts of {@code allOf} as one. */
    public JsonTree resolved(JsonTree described) {
        String reference = text(described, "$ref");
        if (!reference.isEmpty()) {
            JsonTree target = root;
            for (String name : reference.substring(2).split("/")) {
                target = at(target, name);
            }
            return resolved(target);
        }
        List<JsonTree> parts = elements(at(described, "allOf"));
        if (parts.isEmpty()) {
            return described;
        }
        Map<String, JsonTree> properties = new LinkedHashMap<>();
        List<JsonTree> required = new ArrayList<>();
        for (JsonTree part : parts) {
            JsonTree whole = resolved(part);
            properties.putAll(members(at(whole, "properties")));
            required.addAll(elements(at(whole, "required")));
        }
        return new JsonTree.Members(Map.of(
                "type", new JsonTree.Text("object"),
                "properties", new JsonTree.Members(properties),
                "required", new JsonTree.Elements(required)));
    }

    /** A member, or null as JSON has it. */
    public static JsonTree at(JsonTree tree, String name) {
        JsonTree found = members(tree).get(name);
        return found == null ? new JsonTree.Null() : found;
    }

    /** The members of an object; none of anything else. */
    public static Map<String, JsonTree> members(JsonTree tree) {
        return tree instanceof JsonTree.Members object ? object.members() : Map.of();
    }

    /** The elements of an array; none of anything else. */
    public static List<JsonTree> elements(JsonTree tree) {
        return tree instanceof JsonTree.Elements array ? array.elements() : List.of();
    }

    /** A member that is a text, else the empty text. */
    public static String text(JsonTree tree, String name) {
        return at(tree, name) instanceof JsonTree.Text text ? text.text() : "";
    }
}
