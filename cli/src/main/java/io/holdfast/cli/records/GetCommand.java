package io.holdfast.cli.records;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.store.Store;
import io.holdfast.store.query.StoredRecord;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints one record. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Prints one record of the device's store.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast get --store phone.db entries e-1", "  holdfast get --store phone.db entries e-1 --json"})
public final class GetCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private RecordAddress record;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public GetCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        try (Store opened = store.open(host)) {
            StoredRecord found =
                    opened.collection(record.collection()).get(record.id()).orElseThrow(record::unknown);
            print(found);
        }
        return ExitCode.FINE;
    }

    private void print(StoredRecord found) {
        if (output.json()) {
            terminal.out().print(DocumentWriter.COMPACT.write(found.id(), found.values()) + '\n');
            return;
        }
        TextTable table = new TextTable(List.of("field", "value"));
        table.add(List.of("id", found.id()));
        found.values().forEach((name, value) -> table.add(List.of(name, Cells.text(value))));
        table.print(terminal.out());
    }
}
