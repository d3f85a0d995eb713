package io.holdfast.server.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ScopeTurnsTest {

    private final ScopeTurns turns = new ScopeTurns(Duration.ofMillis(1));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private String holding() {
        return turns.in("s", () -> {
            begun.countDown();
            awaitUninterrupted(end);
            return "done";
        });
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWhoeverWaitsTooLongForAScopeAndLetsOthersPass() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(this::holding);
            begun.await();
            assertThatThrownBy(() -> turns.in("s", () -> "never"))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(turns.in("t", () -> "at once")).isEqualTo("at once");
            end.countDown();
            assertThat(first.get()).isEqualTo("done");
        }
        assertThat(turns.in("s", () -> "again")).isEqualTo("again");
    }

    @Test
    void remembersNoScopeThatNobodyWorksOn() {
        assertThatThrownBy(() -> turns.in("s", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(turns.scopes()).isZero();
        assertThat(turns.in("s", () -> turns.in("s", () -> "within itself"))).isEqualTo("within itself");
        assertThat(turns.scopes()).isZero();
    }
}
