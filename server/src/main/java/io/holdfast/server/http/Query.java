package io.holdfast.server.http;

import io.holdfast.core.value.WellFormedText;
import io.holdfast.server.http.problem.HttpRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters behind the question mark of an address, read strictly: percent-encoded UTF-8 (RFC 3986), {@code +} for
 * a blank, no NUL. Immutable.
 */
public final class Query {

    private static final int PARAMETERS_MAX = 200;

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads the raw text; empty for none.
     *
     * @throws HttpRefusal REQUEST_INVALID
     */
    public static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String[] parts = raw.split("&", PARAMETERS_MAX + 1);
        if (parts.length > PARAMETERS_MAX) {
            throw HttpRefusal.invalid("The address has more than " + PARAMETERS_MAX + " parameters; send fewer.");
        }
        for (String part : parts) {
            if (!part.isEmpty()) {
                String[] pair = part.split("=", 2);
                values.computeIfAbsent(decode(pair[0]), name -> new ArrayList<>())
                        .add(pair.length == 1 ? "" : decode(pair[1]));
            }
        }
        return new Query(values);
    }

    /**
     * The value of a parameter that may be there once.
     *
     * @throws HttpRefusal REQUEST_INVALID if it is there more often
     */
    public Optional<String> one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw HttpRefusal.invalid("The parameter " + name + " is there more than once; give it once.");
        }
        return all.stream().findFirst();
    }

    /** All values of a parameter, in their order. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /**
     * A whole number within a range.
     *
     * @throws HttpRefusal REQUEST_INVALID
     */
    public int number(String name, int least, int most, int instead) {
        Optional<String> text = one(name);
        if (text.isEmpty()) {
            return instead;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw HttpRefusal.invalid("The parameter " + name + " is no number from " + least + " to " + most + ".");
    }

    /**
     * Checks that there are no others, so that a misspelt filter is not taken for none.
     *
     * @throws HttpRefusal REQUEST_INVALID
     */
    public void requireOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw HttpRefusal.invalid("There is a parameter that this address does not know; it knows "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    /** Percent-decodes one name or value. */
    static String decode(String raw) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length() || !hex(raw.charAt(i + 1)) || !hex(raw.charAt(i + 2))) {
                    throw malformed();
                }
                bytes[length++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            } else if (c > '~') {
                throw malformed();
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        return text(bytes, length);
    }

    private static String text(byte[] bytes, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            if (!WellFormedText.isWellFormed(text)) {
                throw malformed();
            }
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }

    private static boolean hex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static HttpRefusal malformed() {
        return HttpRefusal.invalid("The address is not percent-encoded UTF-8; encode its parts before joining them.");
    }
}
