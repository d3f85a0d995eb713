package io.holdfast.cli.audit;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.http.sync.RunJson;
import java.util.List;

/** Prints what happened. Not thread-safe. */
final class EventEntries {

    private static final int ROWS = 200;

    private final TextTable table = TextTable.ofSentences(List.of("at", "scope", "kind", "run", "who", "detail"));
    private final Terminal terminal;
    private final boolean json;

    EventEntries(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void add(SyncEvent event) {
        if (json) {
            JsonLine.print(terminal.out(), out -> RunJson.members(event, out));
            return;
        }
        table.add(List.of(
                event.at().toString(),
                event.scope(),
                event.kind(),
                event.run().map(RunId::text).orElse(""),
                event.who(),
                event.detail()));
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
