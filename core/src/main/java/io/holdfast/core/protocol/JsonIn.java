package io.holdfast.core.protocol;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.value.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Reads one JSON message from bytes. Each reading method consumes one value; whatever is not of the expected shape throws
 * {@code JSON_MALFORMED} with the place. Unknown properties are passed over, so that newer senders may add some.
 */
final class JsonIn implements AutoCloseable {

    private final JsonParser parser;

    private JsonIn(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a whole message: one value, and nothing behind it. */
    static <T> T read(byte[] bytes, Reader<T> reader) {
        requireUtf8(bytes);
        try (JsonIn in = new JsonIn(ParserFactory.current().createParser(ObjectReadContext.empty(), bytes))) {
            in.parser.nextToken();
            T message = reader.read(in);
            if (in.parser.nextToken() != null) {
                throw in.malformed("something follows the message");
            }
            return message;
        } catch (StreamConstraintsException e) {
            throw new HoldfastException(
                    ErrorCode.JSON_MALFORMED,
                    "The message has a name, text or number that is too long, or nests too deeply: keep to the limits of the"
                            + " protocol.",
                    e);
        } catch (JacksonException e) {
            throw new HoldfastException(
                    ErrorCode.JSON_MALFORMED,
                    "The message cannot be read: " + JsonText.refusal(e).detail() + ".",
                    e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new HoldfastException(
                    ErrorCode.JSON_MALFORMED, "The message holds an impossible value: " + e.getMessage(), e);
        }
    }

    /** The parser would find out UTF-16 and UTF-32 by itself, but offsets within a message count bytes of UTF-8. */
    private static void requireUtf8(byte[] bytes) {
        boolean wide = bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0);
        boolean marked = bytes.length > 0 && (bytes[0] & 0xfe) == 0xfe;
        if (wide || marked) {
            throw new HoldfastException(ErrorCode.JSON_MALFORMED, "The message is not UTF-8: encode it so.");
        }
    }

    /** Something that reads a value. */
    @FunctionalInterface
    interface Reader<T> {
        /** Consumes one value, whose first token is current. */
        T read(JsonIn in);
    }

    /** Something that reads the value of a property. */
    @FunctionalInterface
    interface Property {
        /** Consumes the property's value, whose first token is current, or returns false without touching it. */
        boolean read(String name);
    }

    void object(Property property) {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            if (!property.read(name)) {
                parser.skipChildren();
            }
        }
    }

    <T> List<T> list(Supplier<T> element) {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.get());
        }
        return list;
    }

    String text() {
        expect(JsonToken.VALUE_STRING, "a text");
        return wellFormed(parser.getString());
    }

    /** What not every replica can hold would be taken here, and be refused wherever it is sent on to. */
    private String wellFormed(String text) {
        if (!WellFormedText.isWellFormed(text)) {
            throw malformed("a text has NUL or a lone surrogate");
        }
        return text;
    }

    long number() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return parser.getLongValue();
    }

    int small() {
        return Math.toIntExact(number());
    }

    double real() {
        if (!token().isNumeric()) {
            throw malformed("a number is expected");
        }
        return parser.getDoubleValue();
    }

    boolean flag() {
        if (!token().isBoolean()) {
            throw malformed("true or false is expected");
        }
        return parser.getBooleanValue();
    }

    JsonToken token() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw malformed("a value is expected");
        }
        return token;
    }

    /** Offset of the current token's first byte. */
    int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    HoldfastException malformed(String what) {
        var at = parser.currentTokenLocation();
        return new HoldfastException(
                ErrorCode.JSON_MALFORMED,
                "The message cannot be read at byte " + at.getByteOffset() + ": " + what + ".");
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw malformed(what + " is expected");
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
