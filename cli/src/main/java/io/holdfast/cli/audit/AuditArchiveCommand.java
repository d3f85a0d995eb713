package io.holdfast.cli.audit;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.archive.Manifest;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Archives by hand. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the journal of runs long past, and events of device sync, into compressed files, and says which.",
            "A running server does this once a day by itself; 'audit search' looks into the files."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast audit archive --data data", "  holdfast audit archive --older-than 30 --data data"})
public final class AuditArchiveCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(
            names = "--older-than",
            paramLabel = "DAYS",
            description = "Since the run ended, or the event happened; as archive.afterDays says if left out.")
    private @Nullable Integer days;

    @Mixin
    private ArchiveOption archive;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public AuditArchiveCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        List<Manifest> files;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            files = new Archive(opened, archive.folder(database), host.clock()).step(Duration.ofDays(age(opened)));
        }
        if (output.json()) {
            files.forEach(file -> JsonLine.print(terminal.out(), file::members));
            return ExitCode.FINE;
        }
        if (files.isEmpty()) {
            terminal.out().println("There is nothing to archive.");
        }
        files.forEach(file -> terminal.out()
                .println("Archived " + what(file) + " in " + file.file() + " (" + file.bytes() + " bytes)."));
        return ExitCode.FINE;
    }

    private static String what(Manifest file) {
        return file.ofEvents()
                ? file.rows() + " events of device sync"
                : file.runs() + " runs with " + file.rows() + " rows";
    }

    private int age(Database opened) {
        int age = days == null
                ? new SqlSettings(opened, host.clock())
                        .current()
                        .settings()
                        .archive()
                        .afterDays()
                : days;
        if (age < 1) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "The settings say to archive nothing; say --older-than DAYS, from 1.");
        }
        return age;
    }
}
