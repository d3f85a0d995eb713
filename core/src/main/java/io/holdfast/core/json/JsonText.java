package io.holdfast.core.json;

import io.holdfast.core.Limits;
import io.holdfast.core.value.WellFormedText;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON strictly: RFC 8259 without extensions, in UTF-8 without a byte order mark, no name twice in an object, no
 * NUL and no lone surrogate in a string, nesting of at most {@link Limits#JSON_DEPTH_MAX}, numbers of at most
 * {@value #NUMBER_LENGTH_MAX} characters. Stateless and thread-safe.
 */
public final class JsonText {

    /** Longest text of a number, in characters. */
    public static final int NUMBER_LENGTH_MAX = 1_000;

    /** Longest name of a member, in characters. */
    private static final int NAME_LENGTH_MAX = 1 << 16;

    /** The parser stops a little above our own limit, so that ours is the one that speaks. */
    private static final int PARSER_DEPTH_MAX = Limits.JSON_DEPTH_MAX + 8;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PARSER_DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxStringLength(Limits.BODY_BYTES_MAX)
                    .build())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private JsonText() {}

    /**
     * Reads one value and nothing after it.
     *
     * @throws JsonRefusedException if the text is anything else
     */
    public static JsonTree read(String text) {
        try (JsonParser parser = parser(text)) {
            parser.nextToken();
            JsonTree tree = read(parser);
            end(parser);
            return tree;
        } catch (JacksonException malformed) {
            throw refusal(malformed);
        }
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static JsonTree read(byte[] utf8) {
        return read(decode(utf8));
    }

    /** A parser over the text, before its first token. Its limits are those of this class. */
    public static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /** A generator of compact JSON; closing it leaves the writer open. */
    public static JsonGenerator generator(Writer out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * The text that UTF-8 bytes stand for.
     *
     * @throws JsonRefusedException if they are not well-formed UTF-8 (Jackson would accept overlong forms)
     */
    public static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new JsonRefusedException("it is not well-formed UTF-8", malformed);
        }
    }

    /**
     * Reads the value whose first token is the parser's current one, and leaves the parser on its last.
     *
     * @throws JsonRefusedException if the value breaks a rule of this class
     * @throws JacksonException if the text is not JSON
     */
    public static JsonTree read(JsonParser parser) {
        return value(parser, 0);
    }

    /**
     * Checks that nothing follows the value just read.
     *
     * @throws JsonRefusedException if something does
     */
    public static void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new JsonRefusedException("something follows the value at " + place(parser.currentTokenLocation()));
        }
    }

    /** The refusal that says where the text stops being JSON, without quoting it: it may hold secrets. */
    public static JsonRefusedException refusal(JacksonException malformed) {
        TokenStreamLocation location = malformed.getLocation();
        String place = location == null ? "" : " at " + place(location);
        return new JsonRefusedException("it stops being JSON" + place, malformed);
    }

    private static JsonTree value(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonRefusedException("it is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, deeper(parser, depth));
            case START_ARRAY -> array(parser, deeper(parser, depth));
            case VALUE_STRING -> new JsonTree.Text(wellFormed(parser, parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonTree.Numeral(parser.getString());
            case VALUE_TRUE -> new JsonTree.Bool(true);
            case VALUE_FALSE -> new JsonTree.Bool(false);
            case VALUE_NULL -> new JsonTree.Null();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new JsonRefusedException("a value is missing at " + place(parser.currentTokenLocation()));
        };
    }

    private static JsonTree object(JsonParser parser, int depth) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser, parser.currentName());
            parser.nextToken();
            if (members.put(name, value(parser, depth)) != null) {
                throw new JsonRefusedException(
                        "an object has the same name twice at " + place(parser.currentLocation()));
            }
        }
        return new JsonTree.Members(members);
    }

    private static JsonTree array(JsonParser parser, int depth) {
        List<JsonTree> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, depth));
        }
        return new JsonTree.Elements(elements);
    }

    private static int deeper(JsonParser parser, int depth) {
        if (depth == Limits.JSON_DEPTH_MAX) {
            throw new JsonRefusedException("it is nested deeper than " + Limits.JSON_DEPTH_MAX + " at "
                    + place(parser.currentTokenLocation()));
        }
        return depth + 1;
    }

    private static String wellFormed(JsonParser parser, String text) {
        if (!WellFormedText.isWellFormed(text)) {
            throw new JsonRefusedException(
                    JsonRefusedException.Reason.TEXT,
                    "a string has NUL or a lone surrogate at " + place(parser.currentTokenLocation()));
        }
        return text;
    }

    private static String place(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
