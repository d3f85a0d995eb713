package io.holdfast.earnings.record;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import java.util.Map;

/**
 * An anchor as JSON: {@code {"basis": "CONFIRMED", "sleep": true, "source": "...", "tick": micros, "time": micros, "wall": micros}}.
 * Times are microseconds, those of the day since 1970.
 */
public final class AnchorJson {

    private AnchorJson() {}

    /** The JSON text, canonical. */
    public static JsonText write(Anchor anchor) {
        return new JsonText("{\"basis\":\"" + anchor.basis() + "\",\"time\":" + anchor.micros() + ","
                + members(anchor.reading()) + "}");
    }

    /** One reading as JSON. */
    public static JsonText write(ClockReading reading) {
        return new JsonText("{" + members(reading) + "}");
    }

    private static String members(ClockReading reading) {
        String source = io.holdfast.core.json.CanonicalJson.of(new JsonTree.Text(reading.source()));
        return "\"sleep\":" + reading.countsSleep() + ",\"source\":" + source + ",\"tick\":" + reading.tickMicros()
                + ",\"wall\":" + reading.wallMicros();
    }

    /**
     * Reads an anchor back.
     *
     * @throws IllegalArgumentException if it is not such a JSON
     */
    public static Anchor read(JsonText json) {
        if (!(io.holdfast.core.json.JsonText.read(json.json()) instanceof JsonTree.Members object)) {
            throw new IllegalArgumentException("an anchor is a JSON object");
        }
        Map<String, JsonTree> members = object.members();
        boolean sleep = members.get("sleep") instanceof JsonTree.Bool flag && flag.flag();
        ClockReading reading =
                new ClockReading(number(members, "wall"), text(members, "source"), number(members, "tick"), sleep);
        return new Anchor(reading, number(members, "time"), Anchor.Basis.valueOf(text(members, "basis")));
    }

    /** Whether it is such a JSON. */
    public static boolean readable(JsonText json) {
        try {
            read(json);
            return true;
        } catch (IllegalArgumentException | HoldfastException malformed) {
            return false;
        }
    }

    private static long number(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Numeral numeral) {
            return Long.parseLong(numeral.literal());
        }
        throw new IllegalArgumentException("an anchor has the number " + name);
    }

    private static String text(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("an anchor has the text " + name);
    }
}
