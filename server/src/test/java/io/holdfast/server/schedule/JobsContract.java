package io.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What claims of jobs must do on every engine; a subclass names the database. */
abstract class JobsContract {

    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Jobs process(String name) {
        return new Jobs(database, clock, name);
    }

    @Test
    void ofManyProcessesAtOnceExactlyOneGetsTheJob() throws Exception {
        try (ExecutorService together = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 5; round++) {
                String name = "job" + round;
                List<Callable<Boolean>> claims = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Jobs jobs = process("p" + i);
                    claims.add(() -> jobs.claim(jobs.look(name), LENGTH));
                }
                int got = 0;
                for (Future<Boolean> claim : together.invokeAll(claims)) {
                    got += claim.get() ? 1 : 0;
                }
                assertThat(got).isOne();
            }
        }
    }

    @Test
    void isNotDoneAgainBeforeItIsDue() {
        Jobs one = process("one");
        assertThat(one.claim(one.look("a"), LENGTH)).isTrue();
        one.done("a", clock.instant().plusSeconds(600));
        Jobs two = process("two");
        assertThat(two.claim(two.look("a"), LENGTH)).isFalse();
        clock.advance(Duration.ofMinutes(10));
        assertThat(two.claim(two.look("a"), LENGTH)).isTrue();
    }

    @Test
    void whoLookedBeforeItWasDoneDoesNotGetIt() {
        Jobs one = process("one");
        Jobs two = process("two");
        Job seen = two.look("a");
        one.claim(one.look("a"), LENGTH);
        clock.advance(Duration.ofSeconds(1));
        one.done("a", clock.instant());
        assertThat(two.claim(seen, LENGTH)).isFalse();
        assertThat(two.claim(two.look("a"), LENGTH)).isTrue();
    }

    @Test
    void takesOverFromAProcessThatIsGone() {
        Jobs gone = process("gone");
        gone.claim(gone.look("a"), LENGTH);
        Jobs next = process("next");
        clock.advance(LENGTH.minusMillis(1));
        assertThat(next.claim(next.look("a"), LENGTH)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(next.claim(next.look("a"), LENGTH)).isTrue();
        gone.done("a", clock.instant().plusSeconds(9_999));
        assertThat(next.look("a").dueAt()).isBefore(clock.instant());
    }

    @Test
    void aJobThatIsKeptStaysItsProcesssUntilNothingMoreIsHeard() {
        Jobs busy = process("busy");
        busy.claim(busy.look("a"), LENGTH);
        Jobs next = process("next");
        for (int i = 0; i < 3; i++) {
            clock.advance(LENGTH.minusMillis(1));
            assertThat(next.claim(next.look("a"), LENGTH)).isFalse();
            assertThat(busy.keep("a", LENGTH)).isTrue();
        }
        clock.advance(LENGTH);
        assertThat(next.claim(next.look("a"), LENGTH)).isTrue();
        assertThat(busy.keep("a", LENGTH)).isFalse();
    }

    @Test
    void countsFailuresUntilItIsDone() {
        Jobs jobs = process("one");
        for (int i = 0; i < 2; i++) {
            jobs.claim(jobs.look("a"), LENGTH);
            jobs.failed("a", clock.instant());
        }
        assertThat(jobs.look("a").failures()).isEqualTo(2);
        jobs.claim(jobs.look("a"), LENGTH);
        jobs.done("a", clock.instant());
        assertThat(jobs.look("a").failures()).isZero();
        assertThat(jobs.look("a").lastAt()).contains(clock.instant());
    }
}
