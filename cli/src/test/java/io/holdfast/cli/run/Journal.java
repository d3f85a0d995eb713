package io.holdfast.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schema that tests of the command use: every merge rule and the types that input goes wrong with. */
public final class Journal {

    /** Its text. */
    public static final String SCHEMA = """
            { "name": "journal", "version": 1, "collections": { "entries": {
                "fields": { "account": {"type": "TEXT", "required": true}, "at": {"type": "INSTANT", "required": true},
                            "notes": {"type": "TEXT", "maxLength": 10000, "fullText": true},
                            "potency": {"type": "INTEGER", "min": 0, "max": 10},
                            "amount": {"type": "DECIMAL(18,8)", "merge": "SERVER"},
                            "views": {"type": "INTEGER", "merge": "COUNTER"},
                            "tags": {"type": "TEXT", "merge": "UNION"}, "weight": {"type": "REAL"},
                            "done": {"type": "BOOLEAN"} },
                "indexes": [["account", "at"]] } } }
            """;

    private Journal() {}

    /** Writes it into a folder as {@code journal.json}. */
    public static Path in(Path folder) {
        try {
            return Files.writeString(folder.resolve("journal.json"), SCHEMA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry with what is required. */
    public static String entry(String id) {
        return "{\"id\":\"" + id + "\",\"account\":\"ann\",\"at\":\"2026-01-02T03:04:05Z\"}";
    }

    /** An entry with what is required, and one field more. */
    public static String entry(String id, String field, String json) {
        return "{\"id\":\"" + id + "\",\"account\":\"ann\",\"at\":\"2026-01-02T03:04:05Z\",\"" + field + "\":" + json
                + "}";
    }
}
