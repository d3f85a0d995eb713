package io.holdfast.earnings.operations;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An entry as one line of JSON, and back. Periods are ISO 8601. Stateless. */
public final class LogJson {

    private LogJson() {}

    /** The line, without its end. */
    public static String write(LogEntry entry) {
        TreeMap<String, JsonTree> line = new TreeMap<>();
        line.put("at", text(entry.at().toString()));
        line.put("user", text(entry.user()));
        switch (entry) {
            case LogEntry.Sync sync -> {
                line.put("sync", text(sync.kind()));
                line.put("outcome", text(sync.outcome()));
                line.put("success", new JsonTree.Bool(sync.success()));
                line.put("took", text(sync.took().toString()));
                line.put("sentBytes", number(sync.sentBytes()));
                line.put("receivedBytes", number(sync.receivedBytes()));
                line.put("retries", number(sync.retries()));
                line.put("queued", number(sync.queued()));
                line.put("oldest", text(sync.oldest().toString()));
            }
            case LogEntry.Trouble trouble -> {
                line.put("trouble", text(trouble.code()));
                line.put("loss", new JsonTree.Bool(trouble.loss()));
                line.put("state", texts(trouble.state()));
                line.put("conditions", texts(trouble.conditions()));
                line.put("detail", text(trouble.detail()));
            }
        }
        return CanonicalJson.of(new JsonTree.Members(line));
    }

    private static JsonTree text(String text) {
        return new JsonTree.Text(text);
    }

    private static JsonTree number(long number) {
        return new JsonTree.Numeral(Long.toString(number));
    }

    private static JsonTree texts(SortedMap<String, String> texts) {
        TreeMap<String, JsonTree> members = new TreeMap<>();
        texts.forEach((name, value) -> members.put(name, text(value)));
        return new JsonTree.Members(members);
    }

    /** Reads a line; nothing if it is none, as the last of a log may be after a power cut. */
    public static Optional<LogEntry> read(String line) {
        try {
            return JsonText.read(line) instanceof JsonTree.Members object
                    ? Optional.of(entry(object.members()))
                    : Optional.empty();
        } catch (JsonRefusedException | IllegalArgumentException | DateTimeException | ClassCastException torn) {
            return Optional.empty();
        }
    }

    private static LogEntry entry(Map<String, JsonTree> line) {
        Instant at = Instant.parse(text(line, "at"));
        String user = text(line, "user");
        if (line.containsKey("trouble")) {
            return new LogEntry.Trouble(
                    at,
                    user,
                    text(line, "trouble"),
                    flag(line, "loss"),
                    texts(line, "state"),
                    texts(line, "conditions"),
                    text(line, "detail"));
        }
        return new LogEntry.Sync(
                at,
                user,
                text(line, "sync"),
                text(line, "outcome"),
                flag(line, "success"),
                Duration.parse(text(line, "took")),
                number(line, "sentBytes"),
                number(line, "receivedBytes"),
                Math.toIntExact(number(line, "retries")),
                number(line, "queued"),
                Duration.parse(text(line, "oldest")));
    }

    private static String text(Map<String, JsonTree> line, String name) {
        if (line.get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw new IllegalArgumentException("the line has no text " + name);
    }

    private static boolean flag(Map<String, JsonTree> line, String name) {
        return line.get(name) instanceof JsonTree.Bool flag && flag.flag();
    }

    private static long number(Map<String, JsonTree> line, String name) {
        if (line.get(name) instanceof JsonTree.Numeral number) {
            return Long.parseLong(number.literal());
        }
        throw new IllegalArgumentException("the line has no number " + name);
    }

    private static SortedMap<String, String> texts(Map<String, JsonTree> line, String name) {
        TreeMap<String, String> texts = new TreeMap<>();
        if (line.get(name) instanceof JsonTree.Members members) {
            members.members().keySet().forEach(key -> texts.put(key, text(members.members(), key)));
        }
        return texts;
    }
}
