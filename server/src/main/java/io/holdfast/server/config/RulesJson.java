package io.holdfast.server.config;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaInvalidException;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.Validator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads rules on who may write what, collection by collection:
 *
 * <pre>{@code
 * { "entries": { "write": ["device", "operator"], "delete": ["operator"],
 *                "constraints": {"potency": {"max": 8}} } }
 * }</pre>
 *
 * <p>{@code create}, {@code update} and {@code delete} list the roles that may; {@code write} stands for all three where
 * they are not listed themselves. What nothing is said about is open, an empty list is closed to all. {@code constraints}
 * are those of a schema, and come on top of the schema's own.
 *
 * <p>For one reading; not thread-safe. The rules that it makes are.
 */
public final class RulesJson {

    private static final String WRITE = "write";
    private static final String CONSTRAINTS = "constraints";

    private final Map<String, CollectionSchema> known = new TreeMap<>();
    private final Map<String, CollectionRules> rules = new HashMap<>();
    private final Map<String, JsonTree> constrained = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private RulesJson(List<Schema> schemas) {
        schemas.forEach(schema -> known.putAll(schema.collections()));
    }

    /**
     * The rules in a text, together with those that always hold ({@link WriteRules#OPEN}).
     *
     * @param schemas whose collections may be ruled
     * @throws HoldfastException USAGE, with all that is wrong
     */
    public static WriteRules read(byte[] utf8, List<Schema> schemas) {
        RulesJson reading = new RulesJson(schemas);
        try {
            return WriteRules.OPEN.and(reading.rules(JsonText.read(utf8)));
        } catch (JsonRefusedException malformed) {
            throw refused(malformed.detail());
        }
    }

    private WriteRules rules(JsonTree tree) {
        members("", tree).forEach((name, rule) -> {
            CollectionSchema collection = known.get(name);
            if (collection == null) {
                problems.add(name + ": no such collection; there are " + String.join(", ", known.keySet()));
            } else {
                collection(collection, rule);
            }
        });
        Schema constraints = constraints();
        if (!problems.isEmpty()) {
            throw refused(String.join("; ", problems));
        }
        return new RoleRules(rules).and(new ConstraintRules(constraints, new Validator(constraints)));
    }

    private void collection(CollectionSchema collection, JsonTree tree) {
        Map<CollectionRules.Write, Set<Role>> roles = new EnumMap<>(CollectionRules.Write.class);
        Map<String, JsonTree> members = members(collection.name(), tree);
        Optional<Set<Role>> all =
                Optional.ofNullable(members.get(WRITE)).map(list -> roles(collection.name() + "." + WRITE, list));
        for (CollectionRules.Write write : CollectionRules.Write.values()) {
            String key = write.name().toLowerCase(Locale.ROOT);
            Optional.ofNullable(members.get(key))
                    .map(list -> roles(collection.name() + "." + key, list))
                    .or(() -> all)
                    .ifPresent(those -> roles.put(write, those));
        }
        rules.put(collection.name(), new CollectionRules(roles));
        for (Map.Entry<String, JsonTree> member : members.entrySet()) {
            if (member.getKey().equals(CONSTRAINTS)) {
                constrain(collection, member.getValue());
            } else if (!Set.of(WRITE, "create", "update", "delete").contains(member.getKey())) {
                problems.add(collection.name() + "." + member.getKey()
                        + ": unknown; known are write, create, update, delete, constraints");
            }
        }
    }

    private Set<Role> roles(String path, JsonTree tree) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (!(tree instanceof JsonTree.Elements array)) {
            problems.add(path + ": expected a list of roles, found " + tree.kind());
            return roles;
        }
        for (JsonTree element : array.elements()) {
            Optional<Role> role = role(element);
            role.ifPresentOrElse(
                    roles::add, () -> problems.add(path + ": a role is device, viewer, operator or admin"));
        }
        return roles;
    }

    private static Optional<Role> role(JsonTree tree) {
        return EnumSet.allOf(Role.class).stream()
                .filter(role -> tree instanceof JsonTree.Text text
                        && role.name().toLowerCase(Locale.ROOT).equals(text.text()))
                .findFirst();
    }

    /** Lays the constraints out as fields of a schema, so that the schema's own reader checks them. */
    private void constrain(CollectionSchema collection, JsonTree tree) {
        Map<String, JsonTree> declared = declared(collection);
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        members(collection.name() + "." + CONSTRAINTS, tree).forEach((name, demands) -> {
            JsonTree field = declared.get(name);
            String path = collection.name() + "." + CONSTRAINTS + "." + name;
            if (!(field instanceof JsonTree.Members members)) {
                problems.add(path + ": no such field");
                return;
            }
            Map<String, JsonTree> stricter = new LinkedHashMap<>();
            members.members().forEach((key, value) -> {
                if (Set.of("type", "merge", "sensitivity").contains(key)) {
                    stricter.put(key, value);
                }
            });
            members(path, demands).forEach((key, value) -> {
                if (stricter.putIfAbsent(key, value) != null) {
                    problems.add(path + "." + key + ": the schema alone says this");
                }
            });
            fields.put(name, new JsonTree.Members(stricter));
        });
        if (!fields.isEmpty()) {
            constrained.put(collection.name(), new JsonTree.Members(Map.of("fields", new JsonTree.Members(fields))));
        }
    }

    private static Map<String, JsonTree> declared(CollectionSchema collection) {
        Schema alone = new Schema("alone", 1, new TreeMap<>(Map.of(collection.name(), collection)));
        JsonTree tree = JsonText.read(SchemaJson.write(alone));
        for (String step : List.of("collections", collection.name(), "fields")) {
            tree = tree instanceof JsonTree.Members object ? object.members().getOrDefault(step, object) : tree;
        }
        return tree instanceof JsonTree.Members fields ? fields.members() : Map.of();
    }

    private Schema constraints() {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        members.put("name", new JsonTree.Text("rules"));
        members.put("version", new JsonTree.Numeral("1"));
        members.put("collections", new JsonTree.Members(constrained));
        try {
            return constrained.isEmpty()
                    ? new Schema("rules", 1, new TreeMap<>())
                    : SchemaJson.read(CanonicalJson.of(new JsonTree.Members(members)));
        } catch (SchemaInvalidException invalid) {
            problems.add(invalid.problems().stream().map(Object::toString).collect(Collectors.joining("; ")));
            return new Schema("rules", 1, new TreeMap<>());
        }
    }

    private Map<String, JsonTree> members(String path, JsonTree tree) {
        if (tree instanceof JsonTree.Members object) {
            return object.members();
        }
        problems.add((path.isEmpty() ? "" : path + ": ") + "expected an object, found " + tree.kind());
        return Map.of();
    }

    private static HoldfastException refused(String what) {
        return new HoldfastException(ErrorCode.USAGE, "The rules are refused: " + what + "; correct the file.");
    }
}
