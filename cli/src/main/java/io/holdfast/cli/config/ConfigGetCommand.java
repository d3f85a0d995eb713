package io.holdfast.cli.config;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints settings. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Prints the settings that hold, or one of them.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast config get --data data", "  holdfast config get alerts.gaps --data data"})
public final class ConfigGetCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(
            paramLabel = "SETTING",
            arity = "0..1",
            defaultValue = "",
            description = "Its name, such as alerts.gaps.")
    private String path = "";

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConfigGetCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        SettingsVersion version;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            version = new SqlSettings(opened, host.clock()).current();
        }
        JsonTree asked = SettingsPath.at(JsonText.read(SettingsJson.write(version.settings())), path);
        if (output.json() && path.isEmpty()) {
            VersionLine.json(version, terminal);
        } else if (output.json()) {
            terminal.out().println(SettingsText.json(asked));
        } else {
            SettingsText.lines(path, asked).forEach(terminal.out()::println);
        }
        return ExitCode.FINE;
    }
}
