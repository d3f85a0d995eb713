package io.holdfast.server.settings;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The versions of the settings in the server's database; none is ever changed. Thread-safe. */
public final class SqlSettings {

    /** What other processes hear of when there is a new version: no scope has this name. */
    public static final String ANNOUNCED = "\nsettings";

    /** Longest note, in characters. */
    public static final int NOTE_MAX = 500;

    /** Most versions in a page. */
    public static final int PAGE_MAX = 200;

    private static final String VERSIONS = "SELECT version, at_millis, who, note, settings FROM sync_config";

    private final Database database;
    private final InstantSource clock;

    /** Settings in a database, which stays its owner's to close. */
    public SqlSettings(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The version that holds; the first is made of the defaults if there is none. */
    public SettingsVersion current() {
        return newest().orElseGet(() -> {
            database.<Boolean>write(session -> {
                insert(session, 1, AuditEntry.HOLDFAST, "defaults", SyncSettings.defaults());
                return true;
            });
            return newest().orElseThrow();
        });
    }

    private Optional<SettingsVersion> newest() {
        return database.read(
                session -> session.first(VERSIONS + " ORDER BY version DESC LIMIT 1", SqlSettings::version));
    }

    /** The number of the version that holds; 0 if there is none. */
    public long newestNumber() {
        return database.read(SqlSettings::newestNumber);
    }

    private static long newestNumber(Session session) throws SQLException {
        return session.first("SELECT coalesce(max(version), 0) FROM sync_config", row -> row.getLong(1))
                .orElse(0L);
    }

    /** Versions below a number, newest first. */
    public List<SettingsVersion> history(long below, int limit) {
        return database.read(session -> session.query(
                VERSIONS + " WHERE version < ? ORDER BY version DESC LIMIT ?", SqlSettings::version, below, (long)
                        Math.min(limit, PAGE_MAX)));
    }

    /**
     * Makes a version, if nobody made another one meanwhile.
     *
     * @param expected the version that the change was made from
     * @throws HoldfastException SETTINGS_STALE; SETTINGS_INVALID (a {@link SettingsRefusedException}); FIELD_LENGTH
     */
    public SettingsVersion change(long expected, SyncSettings settings, String who, String note) {
        if (note.length() > NOTE_MAX) {
            throw new HoldfastException(
                    ErrorCode.FIELD_LENGTH, "The note is longer than " + NOTE_MAX + " characters; shorten it.");
        }
        // Whoever made them: nothing is kept that would not be read again.
        SyncSettings valid = SettingsJson.read(SettingsJson.write(settings));
        long next = expected + 1;
        boolean made = database.write(
                session -> newestNumber(session) == expected && insert(session, next, who, note, valid) > 0);
        if (!made) {
            throw new HoldfastException(
                    ErrorCode.SETTINGS_STALE,
                    "The settings were changed meanwhile; look at version " + newestNumber() + " and change that.");
        }
        database.announce(ANNOUNCED, next);
        return newest().orElseThrow();
    }

    /**
     * Makes a version that is equal to an earlier one.
     *
     * @param expected the version that holds
     * @throws HoldfastException NOT_FOUND; SETTINGS_STALE; SETTINGS_INVALID if the rules have become stricter since
     */
    public SettingsVersion rollBack(long expected, long to, String who) {
        SettingsVersion earlier = history(to + 1, 1).stream()
                .filter(version -> version.version() == to)
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "There is no version " + to + " of the settings; see their history."));
        return change(expected, earlier.settings(), who, "back to version " + to);
    }

    private int insert(Session session, long version, String who, String note, SyncSettings settings)
            throws SQLException {
        return session.update(
                "INSERT INTO sync_config (version, at_millis, who, note, settings) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (version) DO NOTHING",
                version,
                clock.millis(),
                who,
                note,
                SettingsJson.write(settings));
    }

    private static SettingsVersion version(ResultSet row) throws SQLException {
        return new SettingsVersion(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                SettingsJson.readKept(row.getString(5)));
    }
}
