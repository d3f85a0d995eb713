package io.holdfast.cli.records;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.Store;
import io.holdfast.store.query.StoredRecord;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The record's collection.")
    private String collection;

    @Parameters(index = "1", paramLabel = "ID", description = "The record's id.")
    private String id;

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
            StoredRecord record = opened.collection(collection).get(id).orElseThrow(() -> unknown(collection, id));
            print(record);
        }
        return ExitCode.FINE;
    }

    private void print(StoredRecord record) {
        if (output.json()) {
            terminal.out().print(DocumentWriter.COMPACT.write(record.id(), record.values()) + '\n');
            return;
        }
        TextTable table = new TextTable(List.of("field", "value"));
        table.add(List.of("id", record.id()));
        record.values().forEach((name, value) -> table.add(List.of(name, Cells.text(value))));
        table.print(terminal.out());
    }

    /** The failure of a command that names a record that is not there. */
    static HoldfastException unknown(String collection, String id) {
        return new HoldfastException(
                ErrorCode.RECORD_UNKNOWN,
                "There is no record " + id + " in " + collection + "; check the id, or list the collection.");
    }
}
