package io.holdfast.core.document;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.CollectionValidator;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a record as people and programs write it: one JSON object, {@code id} optional, fields by name.
 *
 * <ul>
 *   <li>TEXT, DURATION (ISO 8601), INSTANT (ISO 8601 with offset), BYTES (base64): strings. BOOLEAN: true or false.
 *   <li>INTEGER, REAL: numbers. DECIMAL: a number or a string, read exactly. JSON: any value.
 *   <li>COUNTER: a number, or <code>{"add": 1}</code>. UNION: an array, or <code>{"add": [..], "remove": [..]}</code>.
 *   <li>{@code null} clears a field; counters, unions, MAX and MIN cannot be cleared.
 * </ul>
 *
 * <p>Checks the form and what a type can hold; what the schema demands beyond is {@link io.holdfast.core.schema.Validator}'s,
 * and told here only of an object that is refused anyway, so that its writer learns all at once. Only text that is not JSON ends
 * the reading early. Stateless and thread-safe.
 */
public final class DocumentReader {

    private static final int NAMES_SHOWN = 10;

    private final CollectionSchema schema;
    private final CollectionValidator validator;
    private final boolean records;

    /** A reader of the collection's records. */
    public DocumentReader(CollectionSchema schema) {
        this(schema, true);
    }

    private DocumentReader(CollectionSchema schema, boolean records) {
        this.schema = schema;
        this.validator = new CollectionValidator(schema);
        this.records = records;
    }

    /** A reader of some fields, such as a filter's: they make no record, and none of the others is missing. */
    public static DocumentReader ofFields(CollectionSchema schema) {
        return new DocumentReader(schema, false);
    }

    /** Reads one object and nothing after it. */
    public DocumentOutcome read(String json) {
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            DocumentOutcome outcome = fields(parser);
            JsonText.end(parser);
            return outcome;
        } catch (JacksonException malformed) {
            return malformed(JsonText.refusal(malformed));
        } catch (JsonRefusedException malformed) {
            return malformed(malformed);
        }
    }

    /** As {@link #read(String)}, from UTF-8. */
    public DocumentOutcome read(byte[] utf8) {
        try {
            return read(JsonText.decode(utf8));
        } catch (JsonRefusedException malformed) {
            return malformed(malformed);
        }
    }

    /**
     * Reads the object that begins at the parser's current token. Unless the text is no JSON, the parser is left on the
     * object's last token, so that whatever follows can be read.
     *
     * @param parser from {@link JsonText#parser} or of as strict a factory
     */
    public DocumentOutcome read(JsonParser parser) {
        try {
            return fields(parser);
        } catch (JacksonException malformed) {
            return malformed(JsonText.refusal(malformed));
        } catch (JsonRefusedException malformed) {
            return malformed(malformed);
        }
    }

    private DocumentOutcome fields(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            JsonTree found = JsonText.read(parser);
            return refused(List.of(Violation.ofRecord(
                    ErrorCode.JSON_MALFORMED, "Write one JSON object for each record; this is " + found.kind() + ".")));
        }
        Reading reading = new Reading();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            reading.member(name, parser);
        }
        return reading.outcome();
    }

    private static DocumentOutcome malformed(JsonRefusedException refusal) {
        return refused(
                List.of(Violation.ofRecord(ErrorCode.JSON_MALFORMED, "Correct the JSON: " + refusal.detail() + ".")));
    }

    private static DocumentOutcome refused(List<Violation> violations) {
        return new DocumentOutcome.Refused(violations);
    }

    /** The state of reading one object. */
    private final class Reading {

        private final SortedMap<String, FieldEdit> edits = new TreeMap<>();
        private final List<Violation> violations = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private Optional<String> id = Optional.empty();

        void member(String name, JsonParser parser) {
            if (!names.add(name)) {
                violations.add(violation(ErrorCode.JSON_MALFORMED, name, "Name it only once."));
                parser.skipChildren();
            } else if (name.equals(RecordIds.FIELD)) {
                id(tree(name, parser));
            } else {
                known(name, parser);
            }
        }

        private void known(String name, JsonParser parser) {
            Field field = schema.fields().get(name);
            if (field == null) {
                unknown(name);
                parser.skipChildren();
            } else {
                tree(name, parser).ifPresent(tree -> edit(field, tree));
            }
        }

        DocumentOutcome outcome() {
            if (violations.isEmpty()) {
                return new Document(id, edits);
            }
            violations.addAll(ofTheRest());
            return refused(violations);
        }

        /** Of fields that are not named nothing is known, unless there is no id: then the record would be a new one. */
        private List<Violation> ofTheRest() {
            SortedMap<String, Value> assigned = new TreeMap<>();
            edits.forEach((name, edit) -> {
                if (edit instanceof FieldEdit.Assign(Value value)) {
                    assigned.put(name, value);
                }
            });
            Set<String> looked = new HashSet<>();
            if (records && !names.contains(RecordIds.FIELD)) {
                looked.addAll(schema.fields().keySet());
                looked.removeAll(names);
            }
            looked.addAll(assigned.keySet());
            return validator.validateOnly(looked, assigned);
        }

        /** A value whose strings cannot be stored is skipped with a violation; a worse one ends the reading. */
        private Optional<JsonTree> tree(String name, JsonParser parser) {
            JsonToken first = parser.currentToken();
            boolean container = first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY;
            int depth = parser.streamReadContext().getNestingDepth() - (container ? 1 : 0);
            try {
                return Optional.of(JsonText.read(parser));
            } catch (JsonRefusedException refused) {
                boolean id = name.equals(RecordIds.FIELD);
                switch (refused.reason()) {
                    case TEXT ->
                        violations.add(violation(
                                id ? ErrorCode.RECORD_ID : ErrorCode.FIELD_TEXT,
                                name,
                                "Remove NUL and lone surrogates."));
                    case SHAPE, NUMBER -> throw refused;
                }
                while (parser.streamReadContext().getNestingDepth() > depth) {
                    parser.nextToken();
                }
                return Optional.empty();
            }
        }

        private void id(Optional<JsonTree> tree) {
            tree.ifPresent(value -> {
                if (value instanceof JsonTree.Text text) {
                    RecordIds.check(text.text()).ifPresent(violations::add);
                    id = Optional.of(text.text());
                } else {
                    violations.add(violation(ErrorCode.RECORD_ID, RecordIds.FIELD, "Write the id as a string."));
                }
            });
        }

        private void edit(Field field, JsonTree tree) {
            try {
                edits.put(field.name(), FieldParser.edit(field, tree));
            } catch (FieldRefusedException refused) {
                violations.add(Violation.of(refused.code(), field, refused.found(), refused.advice()));
            }
        }

        private void unknown(String name) {
            String advice = NearestName.of(name, schema.fields().keySet())
                    .map(nearest -> "Did you mean " + nearest + "?")
                    .orElseGet(() -> "The collection has " + someNames() + ".");
            violations.add(violation(ErrorCode.FIELD_UNKNOWN, name, advice));
        }

        private String someNames() {
            String names = schema.fields().keySet().stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
            return names + (schema.fields().size() > NAMES_SHOWN ? " and others" : "");
        }

        private Violation violation(ErrorCode code, String name, String advice) {
            return new Violation(code, Violation.shortened(name), Violation.HIDDEN, advice);
        }
    }
}
