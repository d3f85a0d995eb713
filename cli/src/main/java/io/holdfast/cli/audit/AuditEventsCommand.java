package io.holdfast.cli.audit;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.audit.EventLog;
import io.holdfast.server.audit.EventPosition;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.storage.sql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what happened. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what happened in runs and between devices and server, newest first.",
            "Of runs their start, phases, recoveries, verifications and end; of device sync gaps found and closed, and"
                    + " rows that other programs wrote."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast audit events --data data",
            "  holdfast audit events --scope ann --from 2026-11-20 --data data --json"
        })
public final class AuditEventsCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private PeriodOptions options;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AuditEventsCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Entries<SyncEvent> entries = Entries.ofEvents(terminal, output.json());
        try (Database opened = ServerDatabase.openThere(database, host)) {
            EventLog log = new EventLog(opened);
            LogFilter filter = options.filter();
            Pages<SyncEvent, EventPosition> pages = (below, most) -> log.events(filter, below, most);
            pages.each(options.limit(), SyncEvent::position, entries::add);
        }
        entries.end();
        return ExitCode.FINE;
    }
}
