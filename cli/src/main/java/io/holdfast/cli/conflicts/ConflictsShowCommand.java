package io.holdfast.cli.conflicts;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.records.Cells;
import io.holdfast.cli.system.Host;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.value.Value;
import io.holdfast.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints both sides of one conflict. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints what this device had written and what stands on the server.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast conflicts show 3 --store phone.db")
public final class ConflictsShowCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The conflict, as 'conflicts list' numbers it.")
    private long id;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConflictsShowCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        HistoryEntry entry;
        try (Store opened = store.open(host)) {
            entry = Conflicts.entry(opened, id);
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> ConflictJson.write(entry, json));
        } else {
            print(entry);
        }
        return ExitCode.FINE;
    }

    private void print(HistoryEntry entry) {
        terminal.out()
                .println(entry.kind() + " " + entry.id() + " of " + entry.key() + ", found "
                        + Instant.ofEpochMilli(entry.atMillis())
                        + (entry.resolution().isEmpty() ? ", open" : ", " + entry.resolution()));
        SortedMap<String, Value> local = Conflicts.values(entry.lost());
        SortedMap<String, Value> server = Conflicts.values(entry.stands());
        TreeSet<String> fields = new TreeSet<>(local.keySet());
        fields.addAll(server.keySet());
        TextTable table = new TextTable(List.of("field", "local", "server"));
        for (String field : fields) {
            table.add(List.of(field, shown(local, field), shown(server, field)));
        }
        table.print(terminal.out());
        if (local.isEmpty()) {
            terminal.out().println("The local change was a deletion.");
        }
        if (!entry.stands().live()) {
            terminal.out().println("The record is deleted on the server.");
        }
    }

    private static String shown(SortedMap<String, Value> values, String field) {
        return Cells.text(values.getOrDefault(field, Value.NULL));
    }
}
