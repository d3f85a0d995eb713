package io.holdfast.cli.quarantine;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.local.Refusal;
import io.holdfast.store.Store;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints refused changes. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints the changes that the server refused, oldest first, each with the reason.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast quarantine list --store phone.db", "  holdfast quarantine list --store phone.db --json"})
public final class QuarantineListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public QuarantineListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        List<RefusedChange> refused;
        try (Store opened = store.open(host)) {
            refused = RefusedChange.all(opened);
        }
        if (output.json()) {
            refused.forEach(this::printJson);
        } else {
            print(refused);
        }
        return ExitCode.FINE;
    }

    private void print(List<RefusedChange> refused) {
        if (refused.isEmpty()) {
            terminal.out().println("No change is in quarantine.");
            return;
        }
        TextTable table = new TextTable(List.of("id", "code", "field", "since"));
        for (RefusedChange change : refused) {
            Refusal refusal = change.refusal();
            table.add(List.of(change.key().toString(), refusal.code().name(), refusal.field(), at(refusal)));
        }
        table.print(terminal.out());
        terminal.out().println();
        refused.forEach(change ->
                terminal.out().println(change.key() + ": " + change.refusal().message()));
    }

    private void printJson(RefusedChange change) {
        Refusal refusal = change.refusal();
        JsonLine.print(terminal.out(), json -> {
            json.writeStringProperty("id", change.key().toString());
            json.writeStringProperty("collection", change.key().collection());
            json.writeStringProperty("record", change.key().id());
            json.writeStringProperty("code", refusal.code().name());
            json.writeStringProperty("field", refusal.field());
            json.writeStringProperty("message", refusal.message());
            json.writeStringProperty("at", at(refusal));
        });
    }

    private static String at(Refusal refusal) {
        return Instant.ofEpochMilli(refusal.atMillis()).toString();
    }
}
