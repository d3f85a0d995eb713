package io.holdfast.cli.audit;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.storage.sql.Database;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks into the archive. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what came of records in runs long past, from the archive's files, the newest run first.",
            "With --events what happened in runs and between devices and server, the newest file first.",
            "Each file's checksum is found right before anything of it is printed. 'audit query' looks into the database."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast audit search --key S-1001 --data data",
            "  holdfast audit search --events --scope ann --data data",
            "  holdfast audit search --from 2026-01-01 --until 2026-02-01 --archive /srv/archive --data data --json"
        })
public final class AuditSearchCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private LogFilterOptions options;

    @Option(names = "--events", description = "What happened, instead of what came of records.")
    private boolean events;

    @Mixin
    private ArchiveOption archive;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AuditSearchCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        LogFilter filter = options.filter();
        if (events && (filter.key().isPresent() || !filter.status().isEmpty())) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Leave --key and --status out with --events: they are about records.");
        }
        try (Database opened = ServerDatabase.openThere(database, host)) {
            Archive files = new Archive(opened, archive.folderThere(database), host.clock());
            if (events) {
                print(Entries.ofEvents(terminal, output.json()), wanted -> files.events(filter, wanted));
            } else {
                print(Entries.ofRecords(terminal, output.json()), wanted -> files.search(filter, wanted));
            }
        }
        return ExitCode.FINE;
    }

    private <T> void print(Entries<T> entries, Consumer<Predicate<T>> search) {
        int[] left = {options.limit()};
        search.accept(entry -> {
            entries.add(entry);
            return --left[0] > 0;
        });
        entries.end();
    }
}
