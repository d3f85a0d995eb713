package io.holdfast.cli.config;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the versions of the settings. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Prints the versions of the settings, the newest first; with --json as they were.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast config history --data data")
public final class ConfigHistoryCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many, up to 200.")
    private int limit;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConfigHistoryCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        List<SettingsVersion> versions;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            versions = new SqlSettings(opened, host.clock())
                    .history(Long.MAX_VALUE, Math.clamp(limit, 1, SqlSettings.PAGE_MAX));
        }
        if (output.json()) {
            versions.forEach(version -> VersionLine.json(version, terminal));
            return ExitCode.FINE;
        }
        TextTable table = new TextTable(List.of("version", "at", "who", "note"));
        versions.forEach(version -> table.add(
                List.of(Long.toString(version.version()), version.at().toString(), version.who(), version.note())));
        table.print(terminal.out());
        return ExitCode.FINE;
    }
}
