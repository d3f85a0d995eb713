package io.holdfast.cli.config;

import io.holdfast.cli.device.PersonOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes back to an earlier version of the settings. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Makes a new version of the settings that is equal to an earlier one.",
        footerHeading = "%nExamples:%n",
        footer = "  holdfast config rollback 3 --data data")
public final class ConfigRollbackCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "VERSION", description = "The earlier version, as 'config history' shows it.")
    private long to;

    @Mixin
    private PersonOption person;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConfigRollbackCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        SettingsVersion made;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            SqlSettings settings = new SqlSettings(opened, host.clock());
            made = settings.rollBack(settings.current().version(), to, person.name(host));
        }
        VersionLine.changed(made, output.json(), terminal);
        return ExitCode.FINE;
    }
}
