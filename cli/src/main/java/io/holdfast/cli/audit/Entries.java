package io.holdfast.cli.audit;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.http.sync.RunJson;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * Prints entries of the journal as a table, or as a JSON object a line. Not thread-safe.
 *
 * @param <T> the entries
 */
final class Entries<T> {

    private static final int ROWS = 200;

    private final Terminal terminal;
    private final boolean json;
    private final TextTable table;
    private final BiConsumer<T, JsonGenerator> members;
    private final Function<T, List<String>> row;

    private Entries(
            Terminal terminal,
            boolean json,
            List<String> columns,
            BiConsumer<T, JsonGenerator> members,
            Function<T, List<String>> row) {
        this.terminal = terminal;
        this.json = json;
        this.table = TextTable.ofSentences(columns);
        this.members = members;
        this.row = row;
    }

    /** What came of records. */
    static Entries<RecordEntry> ofRecords(Terminal terminal, boolean json) {
        return new Entries<>(
                terminal,
                json,
                List.of("at", "run", "row", "key", "status", "detail"),
                RunJson::members,
                entry -> List.of(
                        entry.at().toString(),
                        entry.run().text(),
                        Long.toString(entry.fate().sourceRow()),
                        entry.fate().key(),
                        entry.fate().fate().name(),
                        (entry.fate().code() + " " + entry.fate().detail()).strip()));
    }

    /** What happened. */
    static Entries<SyncEvent> ofEvents(Terminal terminal, boolean json) {
        return new Entries<>(
                terminal,
                json,
                List.of("at", "scope", "kind", "run", "who", "detail"),
                RunJson::members,
                event -> List.of(
                        event.at().toString(),
                        event.scope(),
                        event.kind(),
                        event.run().map(RunId::text).orElse(""),
                        event.who(),
                        event.detail()));
    }

    void add(T entry) {
        if (json) {
            JsonLine.print(terminal.out(), out -> members.accept(entry, out));
            return;
        }
        table.add(row.apply(entry));
        if (table.size() == ROWS) {
            table.print(terminal.out());
        }
    }

    void end() {
        if (!json) {
            table.print(terminal.out());
        }
    }
}
