package io.holdfast.server.settings;

import java.time.Instant;

/**
 * One version of the settings.
 *
 * @param version from 1
 * @param who made it
 * @param note why, in his words; may be empty
 */
public record SettingsVersion(long version, Instant at, String who, String note, SyncSettings settings) {}
