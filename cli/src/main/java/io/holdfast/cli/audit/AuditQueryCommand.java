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
import io.holdfast.server.audit.ErrorEntry;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Position;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.storage.sql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks up what came of records. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what came of records, the newest run first.",
            "Records that a run found unchanged are counted in its run, not listed. 'audit search' looks into the archive.",
            "With --errors what went wrong, also where no record had to be left out: a reference that names none, a database"
                    + " that was asked again, a source that could not be read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast audit query --key S-1001 --data data",
            "  holdfast audit query --errors --run 0193445b8a6e7d12a0b1c2d3e4f50617 --data data",
            "  holdfast audit query --status FAILED --from 2026-11-01 --until 2026-12-01 --data data --json"
        })
public final class AuditQueryCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private LogFilterOptions options;

    @Option(names = "--errors", description = "The errors of runs, instead of what came of records.")
    private boolean errors;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AuditQueryCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        LogFilter filter = options.filter();
        if (errors && !filter.status().isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Give either --errors or --status: what came of a record is no error.");
        }
        try (Database opened = ServerDatabase.openThere(database, host)) {
            RunLog log = new SqlRunLog(opened);
            if (errors) {
                errors(log, filter);
            } else {
                records(log, filter);
            }
        }
        return ExitCode.FINE;
    }

    private void errors(RunLog log, LogFilter filter) {
        ErrorEntries entries = new ErrorEntries(terminal, output.json());
        Pages<ErrorEntry, Position> pages = (after, most) -> log.errors(filter, after, most);
        pages.each(options.limit(), ErrorEntry::position, entries::add);
        entries.end();
    }

    private void records(RunLog log, LogFilter filter) {
        Entries<RecordEntry> entries = Entries.ofRecords(terminal, output.json());
        Pages<RecordEntry, Position> pages = (after, most) -> log.records(filter, after, most);
        pages.each(options.limit(), RecordEntry::position, entries::add);
        entries.end();
    }
}
