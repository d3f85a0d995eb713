package io.holdfast.cli.records;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes one record. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Deletes one record of the device's store; the deletion travels with the next exchange.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast delete --store phone.db entries e-1")
public final class DeleteCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private RecordAddress record;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public DeleteCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        try (Store opened = store.open(host)) {
            if (!opened.collection(record.collection()).delete(record.id()).changed()) {
                throw record.unknown();
            }
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("id", record.id());
                json.writeBooleanProperty("deleted", true);
            });
        } else {
            terminal.out().println("Deleted " + record.id() + " from " + record.collection() + ".");
        }
        return ExitCode.FINE;
    }
}
