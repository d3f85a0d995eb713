package io.holdfast.cli.config;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.server.http.sync.SettingsVersionJson;
import io.holdfast.server.settings.SettingsVersion;

/** A version of the settings, as the commands print it. Stateless. */
final class VersionLine {

    private VersionLine() {}

    static void json(SettingsVersion version, Terminal terminal) {
        JsonLine.print(terminal.out(), out -> SettingsVersionJson.members(version, out));
    }

    static void changed(SettingsVersion version, boolean json, Terminal terminal) {
        if (json) {
            json(version, terminal);
        } else {
            terminal.out()
                    .println("The settings are those of version " + version.version()
                            + " now; running servers obey them within a second.");
        }
    }
}
