package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.amount.Spans;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break at any byte, over HTTP, by the real clock. */
class InterruptionTest {

    private static final int TRIES = 100;
    private static final int SYNCS_MAX = 20;
    /** A measurement of the server's clock is wrong by half the time that an exchange takes. */
    private static final long MEASURED_MILLIS = 2_000;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private int users;

    @Test
    void M06_noByteAtWhichASyncBreaksLosesOrDoublesEarnings() {
        try (TestServer server = new TestServer(storage)) {
            long whole = lived(server, -1);
            assertThat(whole).isGreaterThan(2_000);
            // Ids and times make messages a little longer or shorter: beyond the end nothing breaks, which is fine too.
            Property.of("M06 at any byte")
                    .tries(TRIES)
                    .shrinks(20)
                    .forAll(Gens.longs(1, whole), cutAt -> lived(server, cutAt));
        }
    }

    /** A user who mines twice; returns the bytes that his syncs took. */
    private long lived(TestServer server, long cutAt) {
        String user = "user-" + users++;
        try (CutNetwork network = new CutNetwork(server.address(), cutAt);
                EarningsManager earnings = EarningsManager.open(
                        Files.createTempDirectory(folder, "i").resolve("user.holdfast"),
                        user,
                        EarningsOptions.defaults())) {
            earnings.initialize(new BigDecimal("7"));
            earnings.connect(server.connection(user, network.address()).withHints(false));
            for (int i = 0; i < 2; i++) {
                earnings.start();
                earnings.sync(true);
                earnings.stop();
                earnings.sync(true);
            }
            judge(earnings, user);
            return network.passed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void judge(EarningsManager earnings, String user) throws InterruptedException {
        for (int i = 0; i < SYNCS_MAX && !(level(earnings) && settled(user)); i++) {
            earnings.sync(true);
        }
        assertThat(level(earnings)).isTrue();
        assertThat(settled(user)).isTrue();
        List<MiningSession> sessions = rows(EarningsSchema.SESSIONS, user);
        assertThat(sessions).hasSize(2).allMatch(session -> session.endedAt().isPresent());
        // A clock that is measured anew moves by milliseconds: sessions may overlap then, and each moment is paid once.
        // If the
        // answer was lost that says up to when is paid, a session may also end a moment before that.
        Spans mined = Spans.NONE;
        for (MiningSession session : sessions) {
            Instant paid = paidUntil(session, user);
            assertThat(paid)
                    .isBetween(reached(session), reached(session).plusMillis(MEASURED_MILLIS))
                    .isBeforeOrEqualTo(session.lastUpdate());
            mined = mined.plus(new Span(Times.micros(session.startedAt()), Times.micros(paid)));
        }
        UserEarnings balance = rows(EarningsSchema.USERS, user).getFirst();
        assertThat(balance.current()).isEqualTo(EarningsWorld.coins(Duration.ofNanos(mined.micros() * 1_000)));
        assertThat(earnings.state().currentEarnings()).isEqualTo(balance.current());
        assertThat(earnings.store().review().account().balanced()).isTrue();
        assertThat(rows(EarningsSchema.AUDIT, user))
                .filteredOn(row ->
                        row.source().equals(AuditEntry.LOCAL) && row.operation().equals("stop"))
                .hasSize(2);
    }

    private Instant paidUntil(MiningSession session, String user) {
        return rows(EarningsSchema.SETTLEMENTS, user).stream()
                .filter(settled -> settled.id().equals(session.id()))
                .map(MiningSettlement::settledUntil)
                .findFirst()
                .orElseThrow();
    }

    private static Instant reached(MiningSession session) {
        Instant end = session.endedAt().orElseThrow();
        return session.lastUpdate().isBefore(end) ? session.lastUpdate() : end;
    }

    /** A session may end a moment before that has come for the server; it is claimed again then. */
    private boolean settled(String user) {
        return rows(EarningsSchema.SESSIONS, user).stream()
                .allMatch(session -> rows(EarningsSchema.SETTLEMENTS, user).stream()
                        .anyMatch(settled -> settled.id().equals(session.id())
                                && session.endedAt().isPresent()
                                && !settled.settledUntil().isBefore(reached(session))));
    }

    private static boolean level(EarningsManager earnings) {
        return earnings.state().syncStatus() == EarningsState.SyncState.SYNCED
                && earnings.state().currentEarnings().compareTo(earnings.state().confirmedEarnings()) == 0;
    }

    private <T extends Record> List<T> rows(RecordBinding<T> binding, String user) {
        return storage.snapshot(
                user,
                snapshot -> snapshot.live(binding.collection().name(), "", 1_000).stream()
                        .map(row -> binding.read(row.key().id(), row.state()::value))
                        .toList());
    }
}
