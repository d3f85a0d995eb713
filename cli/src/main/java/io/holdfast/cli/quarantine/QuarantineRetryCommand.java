package io.holdfast.cli.quarantine;

import io.holdfast.cli.device.PersonOption;
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

/** Makes a refused change pending again. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Sends a refused change again with the next exchange, and those of its transaction. To correct it"
                + " first, write the record with 'holdfast put': that makes it pending again, too.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast quarantine retry entries/e-1 --store phone.db")
public final class QuarantineRetryCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The change, as 'quarantine list' names it.")
    private String id;

    @Mixin
    private PersonOption person;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public QuarantineRetryCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        int changes;
        try (Store opened = store.open(host)) {
            changes = opened.review().retry(RefusedChange.named(id, opened).key(), person.name(host));
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> json.writeNumberProperty("pending", changes));
        } else {
            terminal.out()
                    .println(changes + (changes == 1 ? " change" : " changes")
                            + " will be sent with the next exchange.");
        }
        return ExitCode.FINE;
    }
}
