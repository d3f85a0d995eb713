package io.holdfast.cli.conflicts;

import io.holdfast.cli.device.DecisionOption;
import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentOutcome;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.store.Keep;
import io.holdfast.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides one conflict. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description =
                "Decides what stands. What is kept instead of the server's value is written as an ordinary change and"
                        + " travels with the next exchange.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast conflicts resolve 3 --keep server --reason 'theirs is right' --store phone.db",
            "  holdfast conflicts resolve 3 --keep '{\"notes\": \"both\"}' --reason 'merged by hand' --store phone.db"
        })
public final class ConflictsResolveCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The conflict, as 'conflicts list' numbers it.")
    private long id;

    @Option(
            names = "--keep",
            required = true,
            paramLabel = "local|server|JSON",
            description = "This device's value, the server's, or other values as a JSON object of fields.")
    private String keep;

    @Mixin
    private DecisionOption decision;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConflictsResolveCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        String reason = decision.reason();
        HistoryEntry decided;
        try (Store opened = store.open(host)) {
            HistoryEntry entry = Conflicts.entry(opened, id);
            if (!Conflicts.open(entry)) {
                throw new HoldfastException(ErrorCode.USAGE, settled(entry));
            }
            decided = opened.review().resolve(id, keep(opened, entry), decision.person(host), reason);
        }
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> ConflictJson.write(decided, json));
        } else {
            terminal.out().println("Conflict " + id + " is decided: " + decided.resolution() + ".");
        }
        return ExitCode.FINE;
    }

    private String settled(HistoryEntry entry) {
        return entry.kind() == HistoryEntry.Kind.CONFLICT
                ? "Conflict " + id + " is decided already: " + entry.resolution() + "."
                : "Entry " + id + " of the history is no conflict; see 'holdfast conflicts list'.";
    }

    private Keep keep(Store opened, HistoryEntry entry) {
        return switch (keep) {
            case "local" -> new Keep.Local();
            case "server" -> new Keep.Server();
            default -> new Keep.Other(document(opened, entry).edits());
        };
    }

    private Document document(Store opened, HistoryEntry entry) {
        if (!keep.strip().startsWith("{")) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Keep local, server, or a JSON object of fields, not '" + keep + "'.");
        }
        DocumentReader reader = DocumentReader.ofFields(
                opened.schema().collectionOrUnknown(entry.key().collection()));
        return switch (reader.read(keep)) {
            case Document document -> document;
            case DocumentOutcome.Refused refused -> throw new RecordRefusedException(refused.violations());
        };
    }
}
