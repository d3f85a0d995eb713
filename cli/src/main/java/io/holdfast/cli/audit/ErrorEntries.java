package io.holdfast.cli.audit;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.server.audit.ErrorEntry;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.http.sync.RunJson;
import java.util.Optional;

/** Prints errors of the journal, each with its whole sentence, under their runs. Not thread-safe. */
final class ErrorEntries {

    private final Terminal terminal;
    private final boolean json;
    private Optional<RunId> run = Optional.empty();

    ErrorEntries(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void add(ErrorEntry entry) {
        if (json) {
            JsonLine.print(terminal.out(), out -> RunJson.members(entry, out));
            return;
        }
        if (!run.equals(Optional.of(entry.run()))) {
            run = Optional.of(entry.run());
            terminal.out().println("Run " + entry.run());
        }
        String line = entry.at() + "  " + entry.error().code() + place(entry.error()) + ": "
                + entry.error().message();
        terminal.out().println("  " + TextTable.printable(line));
    }

    private static String place(RunError error) {
        String row = error.sourceRow() == 0 ? "" : " row " + error.sourceRow();
        return row + (error.key().isEmpty() ? "" : " " + error.key());
    }

    void end() {
        if (!json && run.isEmpty()) {
            terminal.out().println("There are no errors.");
        }
    }
}
