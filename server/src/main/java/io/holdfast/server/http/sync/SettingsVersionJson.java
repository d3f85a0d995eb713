package io.holdfast.server.http.sync;

import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsVersion;
import tools.jackson.core.JsonGenerator;

/** Versions of the settings as JSON; the same over HTTP and in the commands. Stateless. */
public final class SettingsVersionJson {

    private SettingsVersionJson() {}

    /** The members of a version. */
    public static void members(SettingsVersion version, JsonGenerator out) {
        out.writeNumberProperty("version", version.version());
        out.writeStringProperty("at", version.at().toString());
        out.writeStringProperty("who", version.who());
        out.writeStringProperty("note", version.note());
        out.writeName("settings");
        SettingsJson.write(version.settings(), out);
    }
}
