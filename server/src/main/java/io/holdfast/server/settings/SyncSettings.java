package io.holdfast.server.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an administrator may set while servers run. Made by {@link SettingsJson}, which knows what is allowed.
 *
 * @param sources that runs may read, distinct by name
 */
public record SyncSettings(
        List<SourceSettings> sources,
        AlertSettings alerts,
        RecoverySettings recovery,
        MailSettings mail,
        ArchiveSettings archive) {

    /** Copies. */
    public SyncSettings {
        sources = List.copyOf(sources);
    }

    /** No source, no mail, everything else as most want it. */
    public static SyncSettings defaults() {
        return new SyncSettings(
                List.of(),
                AlertSettings.defaults(),
                RecoverySettings.defaults(),
                MailSettings.defaults(),
                ArchiveSettings.defaults());
    }

    /** The same with further sources. */
    public SyncSettings withSources(List<SourceSettings> more) {
        List<SourceSettings> all =
                Stream.concat(sources.stream(), more.stream()).toList();
        return new SyncSettings(all, alerts, recovery, mail, archive);
    }

    /** The source of that name. */
    public Optional<SourceSettings> source(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }
}
