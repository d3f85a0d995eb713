package io.holdfast.cli.audit;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.audit.Position;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.storage.sql.Database;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks up what came of records. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what came of records, the newest run first.",
            "Records that a run found unchanged are counted in its run, not listed. 'audit search' looks into the archive."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast audit query --key S-1001 --data data",
            "  holdfast audit query --status FAILED --from 2026-11-01 --until 2026-12-01 --data data --json"
        })
public final class AuditQueryCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private LogFilterOptions options;

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
        RecordEntries entries = new RecordEntries(terminal, output.json());
        try (Database opened = ServerDatabase.openThere(database, host)) {
            print(new SqlRunLog(opened), entries);
        }
        entries.end();
        return ExitCode.FINE;
    }

    private void print(RunLog log, RecordEntries entries) {
        Optional<Position> after = Optional.empty();
        int left = options.limit();
        while (left > 0) {
            List<RecordEntry> page = log.records(options.filter(), after, Math.min(left, RunLog.PAGE_MAX));
            page.forEach(entries::add);
            if (page.isEmpty()) {
                return;
            }
            left -= page.size();
            after = Optional.of(
                    new Position(page.getLast().run(), page.getLast().entry()));
        }
    }
}
