package io.holdfast.cli.audit;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.http.sync.RunJson;
import java.util.List;

/** Prints entries of the journal. Not thread-safe. */
final class RecordEntries {

    private static final int ROWS = 200;

    private final TextTable table = TextTable.ofSentences(List.of("at", "run", "row", "key", "status", "detail"));
    private final Terminal terminal;
    private final boolean json;

    RecordEntries(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void add(RecordEntry entry) {
        if (json) {
            JsonLine.print(terminal.out(), out -> RunJson.members(entry, out));
            return;
        }
        table.add(List.of(
                entry.at().toString(),
                entry.run().text(),
                Long.toString(entry.fate().sourceRow()),
                entry.fate().key(),
                entry.fate().fate().name(),
                (entry.fate().code() + " " + entry.fate().detail()).strip()));
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
