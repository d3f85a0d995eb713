package io.holdfast.cli.config;

import io.holdfast.cli.device.PersonOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes settings. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Changes settings, all or none of those named, and makes a new version of them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast config set alerts.gaps=5 --data data --note 'known gaps'",
            "  holdfast config set mail.enabled=true mail.host=mail.example.org mail.from=hf@example.org"
                    + " 'mail.to=[\"ann@example.org\"]' --data data",
            "  holdfast config set sources.0.name=sellers sources.0.location=/srv/sellers.xlsx"
                    + " sources.0.mapping=/srv/sellers.yaml sources.0.scope=shop sources.0.intervalMinutes=60 --data data",
            "  holdfast config set --file settings.json --data data"
        })
public final class ConfigSetCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "SETTING=VALUE", arity = "0..*", description = "Names and values; values may be JSON.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "All settings, as JSON; what it leaves out has its default.")
    private @Nullable Path file;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "Why; kept with the version.")
    private String note = "";

    @Mixin
    private PersonOption person;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ConfigSetCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        if (changes.isEmpty() && file == null) {
            throw new HoldfastException(ErrorCode.USAGE, "Name what to change, as alerts.gaps=5, or give --file.");
        }
        SettingsVersion made;
        try (Database opened = ServerDatabase.openThere(database, host)) {
            SqlSettings settings = new SqlSettings(opened, host.clock());
            SettingsVersion before = settings.current();
            made = settings.change(before.version(), SettingsJson.read(changed(before)), person.name(host), note);
        }
        VersionLine.changed(made, output.json(), terminal);
        return ExitCode.FINE;
    }

    private JsonTree changed(SettingsVersion before) {
        JsonTree tree = file == null
                ? JsonText.read(SettingsJson.write(before.settings()))
                : JsonText.read(InputFile.read(file, Limits.SCHEMA_BYTES_MAX));
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new HoldfastException(ErrorCode.USAGE, "'" + change + "' changes nothing; write SETTING=VALUE.");
            }
            tree = SettingsPath.with(
                    tree, change.substring(0, equals), SettingsPath.value(change.substring(equals + 1)));
        }
        return tree;
    }
}
