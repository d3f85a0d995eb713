package io.holdfast.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.alerts.Finding;
import io.holdfast.server.alerts.Subject;
import io.holdfast.server.alerts.mail.MailTransport;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.schedule.Schedule;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.storage.DatabaseBeside;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.storage.sql.Work;
import io.holdfast.server.system.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockworkTest {

    private static final long PATIENCE_SECONDS = 60;

    private static final String SETTINGS = """
            {"mail": {"enabled": true, "host": "localhost", "from": "h@example.org", "to": ["ann@example.org"]},
             "sources": [{"name": "sellers", "location": "l", "mapping": "m", "scope": "shop", "intervalMinutes": 5}]}
            """;

    @TempDir
    Path folder;

    private final CountDownLatch archiving = new CountDownLatch(1);
    private final CountDownLatch mailing = new CountDownLatch(1);
    private final CountDownLatch due = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private Database database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("server.db"));
    }

    @AfterEach
    void close() {
        answer.countDown();
        database.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A database that does not answer the archive before it is told to. */
    private final class Silent extends DatabaseBeside {

        Silent() {
            super(database);
        }

        @Override
        public <T> T read(Work<T> work) {
            archiving.countDown();
            await(answer);
            return super.read(work);
        }
    }

    /** A mail server that does not answer either. */
    private final MailTransport silentMail = (mail, settings) -> {
        mailing.countDown();
        await(answer);
        return Optional.empty();
    };

    private long keptUntilMillis(String job) {
        return database.read(session -> session.first(
                        "SELECT until_millis FROM sync_jobs WHERE name = ?", row -> row.getLong(1), job)
                .orElse(0L));
    }

    /** The archive may take minutes; if its process is killed, another one need not wait for a day. */
    @Test
    void aJobIsKeptForAMomentOnlyAndLongerAsLongAsItIsDone() {
        Machine machine = Machine.real();
        Operations operations = Operations.of(
                database, machine, silentMail, new Archive(new Silent(), folder.resolve("archive"), machine.clock()));
        Schedule schedule =
                new Schedule(operations.jobs(), operations.log(), (source, cause, by) -> {}, machine.clock());
        Duration claim = Duration.ofMillis(100);
        try (Clockwork clockwork = new Clockwork(operations, schedule, () -> {}, claim)) {
            clockwork.start();
            await(archiving);
            long first = keptUntilMillis("archive");
            assertThat(first)
                    .isLessThanOrEqualTo(machine.clock().instant().plus(claim).toEpochMilli());
            Instant patience = machine.clock().instant().plusSeconds(PATIENCE_SECONDS);
            while (keptUntilMillis("archive") == first) {
                assertThat(machine.clock().instant()).isBefore(patience);
            }
            assertThat(keptUntilMillis("archive")).isGreaterThan(first);
            answer.countDown();
        }
    }

    @Test
    void neitherAnArchiveNorAMailServerKeepsARunWaiting() {
        Machine machine = Machine.real();
        Operations operations = Operations.of(
                database, machine, silentMail, new Archive(new Silent(), folder.resolve("archive"), machine.clock()));
        operations.versions().change(operations.versions().current().version(), SettingsJson.read(SETTINGS), "a", "");
        operations
                .alerts()
                .raise(new Subject("shop", "sellers"), new Finding.Holds(AlertType.GAPS, "One is missing."), "r", true);
        Schedule schedule = new Schedule(
                operations.jobs(),
                operations.log(),
                (source, cause, by) -> {
                    await(archiving);
                    await(mailing);
                    due.countDown();
                },
                machine.clock());
        try (Clockwork clockwork = new Clockwork(operations, schedule, () -> {})) {
            clockwork.start();
            await(due);
            answer.countDown();
        }
    }
}
