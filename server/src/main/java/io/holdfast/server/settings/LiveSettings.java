package io.holdfast.server.settings;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that hold, from memory. A new version is in force on every process of a database within a second: whoever asks
 * later than that looks for one, and on PostgreSQL a message tells of it at once. Thread-safe.
 */
public final class LiveSettings {

    /** How old the answer may be. */
    public static final Duration AGE_MAX = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final SqlSettings kept;
    private final Ticker ticker;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<Seen> seen = Optional.empty();

    private record Seen(SettingsVersion version, long atNanos) {}

    /** Settings of a database. */
    public LiveSettings(Database database, SqlSettings kept, Ticker ticker) {
        this.kept = kept;
        this.ticker = ticker;
        database.listen((scope, version) -> {
            if (scope.equals(SqlSettings.ANNOUNCED)) {
                seen = seen.map(old -> new Seen(old.version(), old.atNanos() - AGE_MAX.toNanos()));
            }
        });
    }

    /** The settings that hold. As long as the database cannot be asked, those that held last. */
    public SyncSettings now() {
        return version().settings();
    }

    /** As {@link #now}, with their version. */
    public SettingsVersion version() {
        Optional<Seen> before = seen;
        if (before.isPresent() && ticker.read() - before.get().atNanos() < AGE_MAX.toNanos()) {
            return before.get().version();
        }
        looking.lock();
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    private SettingsVersion look() {
        Optional<Seen> before = seen;
        long now = ticker.read();
        if (before.isEmpty()) {
            return remember(kept.current(), now);
        }
        SettingsVersion old = before.get().version();
        try {
            return remember(kept.newestNumber() == old.version() ? old : kept.current(), now);
        } catch (HoldfastException unreachable) {
            LOG.atWarn().addKeyValue("code", unreachable.code()).log("the settings are as they were last");
            return remember(old, now);
        }
    }

    private SettingsVersion remember(SettingsVersion version, long now) {
        seen = Optional.of(new Seen(version, now));
        return version;
    }
}
