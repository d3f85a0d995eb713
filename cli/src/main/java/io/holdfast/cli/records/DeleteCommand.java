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
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The record's collection.")
    private String collection;

    @Parameters(index = "1", paramLabel = "ID", description = "The record's id.")
    private String id;

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
            if (!opened.collection(collection).delete(id).changed()) {
                throw GetCommand.unknown(collection, id);
            }
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("id", id);
                json.writeBooleanProperty("deleted", true);
            });
        } else {
            terminal.out().println("Deleted " + id + " from " + collection + ".");
        }
        return ExitCode.FINE;
    }
}
