package io.holdfast.cli.conflicts;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.store.Store;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints conflicts. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints the conflicts that nobody has decided yet, newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast conflicts list --store phone.db",
            "  holdfast conflicts list --store phone.db --all --json"
        })
public final class ConflictsListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(names = "--all", description = "The whole history: also what was decided, discarded or repaired.")
    private boolean all;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConflictsListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        TextTable table = new TextTable(List.of("id", "record", "kind", "fields", "at", "decided"));
        try (Store opened = store.open(host)) {
            Conflicts.each(opened, entry -> {
                if (!all && !Conflicts.open(entry)) {
                    return;
                }
                if (output.json()) {
                    JsonLine.print(terminal.out(), json -> ConflictJson.write(entry, json));
                } else {
                    table.add(cells(entry));
                }
            });
        }
        if (!output.json()) {
            print(table);
        }
        return ExitCode.FINE;
    }

    private void print(TextTable table) {
        if (table.size() == 0) {
            terminal.out().println(all ? "The history is empty." : "No conflict is open.");
        } else {
            table.print(terminal.out());
        }
    }

    private static List<String> cells(HistoryEntry entry) {
        boolean deletion = entry.lost().cells().isEmpty();
        return List.of(
                String.valueOf(entry.id()),
                entry.key().toString(),
                entry.kind().name(),
                deletion ? "(deletion)" : String.join(", ", entry.lost().cells().keySet()),
                Instant.ofEpochMilli(entry.atMillis()).toString(),
                entry.resolution());
    }
}
