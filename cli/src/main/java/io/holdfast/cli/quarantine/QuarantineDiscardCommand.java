package io.holdfast.cli.quarantine;

import io.holdfast.cli.device.DecisionOption;
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

/** Gives a refused change up. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description =
                "Gives a refused change up, and those of its transaction. The record shows the server's values again;"
                        + " what was given up stays in the history with your name and the reason.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast quarantine discard entries/e-1 --store phone.db --reason 'entered twice'")
public final class QuarantineDiscardCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The change, as 'quarantine list' names it.")
    private String id;

    @Mixin
    private DecisionOption decision;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public QuarantineDiscardCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        String reason = decision.reason();
        int changes;
        try (Store opened = store.open(host)) {
            RefusedChange refused = RefusedChange.named(id, opened);
            changes = opened.review().discard(refused.key(), decision.person(host), reason);
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> json.writeNumberProperty("discarded", changes));
        } else {
            terminal.out()
                    .println("Gave " + changes + (changes == 1 ? " change" : " changes") + " up; the history keeps "
                            + (changes == 1 ? "it." : "them."));
        }
        return ExitCode.FINE;
    }
}
