package io.holdfast.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.DatabaseBeside;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Work;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What versions of settings must do on every engine; a subclass names the database. */
abstract class SettingsContract {

    final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private Database database;
    private SqlSettings settings;

    /** One database, as one more process would open it. */
    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        settings = new SqlSettings(database, clock);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private static SyncSettings gaps(int gaps) {
        return SettingsJson.read("{\"alerts\": {\"gaps\": " + gaps + "}}");
    }

    @Test
    void theFirstVersionIsMadeOfTheDefaults() {
        assertThat(settings.current())
                .isEqualTo(new SettingsVersion(1, clock.instant(), "holdfast", "defaults", SyncSettings.defaults()));
        assertThat(settings.current().version()).isOne();
    }

    @Test
    void keepsEachVersionWithWhoAndWhy() {
        settings.current();
        SettingsVersion second = settings.change(1, gaps(5), "ann", "too many mails");
        assertThat(second).isEqualTo(new SettingsVersion(2, clock.instant(), "ann", "too many mails", gaps(5)));
        assertThat(settings.history(Long.MAX_VALUE, 9))
                .extracting(SettingsVersion::version)
                .containsExactly(2L, 1L);
        assertThat(settings.history(2, 9)).extracting(SettingsVersion::version).containsExactly(1L);
    }

    @Test
    void rollsBackByANewVersion() {
        settings.current();
        settings.change(1, gaps(5), "ann", "");
        settings.change(2, gaps(6), "ann", "");
        SettingsVersion back = settings.rollBack(3, 2, "bob");
        assertThat(back.version()).isEqualTo(4);
        assertThat(back.settings()).isEqualTo(gaps(5));
        assertThat(back.note()).isEqualTo("back to version 2");
        assertThat(settings.history(Long.MAX_VALUE, 9)).hasSize(4);
        assertThatThrownBy(() -> settings.rollBack(4, 9, "bob"))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void ofSeveralChangesOfOneVersionExactlyOneIsTaken() throws Exception {
        settings.current();
        try (ExecutorService together = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> changes = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> taken(i))
                    .toList();
            long taken = 0;
            for (Future<Boolean> change : together.invokeAll(changes)) {
                taken += change.get() ? 1 : 0;
            }
            assertThat(taken).isOne();
        }
        assertThat(settings.newestNumber()).isEqualTo(2);
    }

    private boolean taken(int gaps) {
        try {
            settings.change(1, gaps(gaps), "ann", "");
            return true;
        } catch (HoldfastException stale) {
            assertThat(stale.code()).isEqualTo(ErrorCode.SETTINGS_STALE);
            return false;
        }
    }

    /** A change of settings by one of two processes, or a way back to an earlier version. */
    private record Change(boolean other, int gaps, boolean back) {}

    /** Whoever changes what: a second later both processes go by it, and neither ever goes back to what held before. */
    @Test
    void v46AChangeTakesEffectInAnotherProcessWithoutRestart() {
        Gen<List<Change>> changes = Gens.zip(Gens.booleans(), Gens.ints(0, 9), Gens.booleans(), Change::new)
                .list(0, 6);
        try (Database other = open()) {
            List<SqlSettings> writers = List.of(settings, new SqlSettings(other, clock));
            List<LiveSettings> readers = List.of(live(database), live(other));
            Property.of("V46: a change takes effect").tries(12).shrinks(50).forAll(changes, all -> {
                for (Change change : all) {
                    SqlSettings writer = writers.get(change.other() ? 1 : 0);
                    SettingsVersion before = writer.current();
                    SettingsVersion now = change.back()
                            ? writer.rollBack(before.version(), 1, "ann")
                            : writer.change(before.version(), gaps(change.gaps()), "ann", "");
                    assertThat(readers)
                            .allSatisfy(reader ->
                                    assertThat(reader.version().version()).isBetween(before.version(), now.version()));
                    nanos.addAndGet(LiveSettings.AGE_MAX.toNanos());
                    assertThat(now.settings()).isEqualTo(change.back() ? SyncSettings.defaults() : gaps(change.gaps()));
                    assertThat(readers)
                            .allSatisfy(reader -> assertThat(reader.version()).isEqualTo(now));
                }
            });
        }
    }

    @Test
    void settingsThatHeldLastHoldOnWhileTheDatabaseIsAway() {
        AtomicBoolean away = new AtomicBoolean();
        LiveSettings live = live(new Leaving(database, away));
        SettingsVersion before = live.version();
        settings.change(1, gaps(5), "ann", "");
        away.set(true);
        nanos.addAndGet(LiveSettings.AGE_MAX.toNanos());
        assertThat(live.version()).isEqualTo(before);
        away.set(false);
        nanos.addAndGet(LiveSettings.AGE_MAX.toNanos());
        assertThat(live.now()).isEqualTo(gaps(5));
    }

    /** A database that may be away. */
    private static final class Leaving extends DatabaseBeside {

        private final AtomicBoolean away;

        Leaving(Database there, AtomicBoolean away) {
            super(there);
            this.away = away;
        }

        @Override
        public <T> T read(Work<T> work) {
            if (away.get()) {
                throw new HoldfastException(ErrorCode.DATABASE_UNREACHABLE, "away");
            }
            return super.read(work);
        }
    }

    /** The settings as another process sees them that asks its memory only, in the same nanosecond. */
    LiveSettings live(Database other) {
        return new LiveSettings(other, new SqlSettings(other, clock), nanos::get);
    }

    SqlSettings settings() {
        return settings;
    }
}
