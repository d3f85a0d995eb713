package io.holdfast.server.http.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final HoldfastException outage = new HoldfastException(ErrorCode.UNAVAILABLE, "It is down.");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<String> storage = () -> "ready";
    private final Readiness readiness = new Readiness(
            () -> {
                asked.incrementAndGet();
                return storage.get();
            },
            nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void asksAtMostOnceASecond() {
        for (int i = 0; i < 10; i++) {
            assertThat(readiness.answer()).isEqualTo("ready");
        }
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(1));
        assertThat(readiness.answer()).isEqualTo("ready");
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAtMostOnceASecondDuringAnOutageToo() {
        storage = this::down;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(readiness::answer).isSameAs(outage);
        }
        assertThat(asked).hasValue(1);
        storage = () -> "ready";
        pass(Duration.ofSeconds(1));
        assertThat(readiness.answer()).isEqualTo("ready");
    }

    private String down() {
        throw outage;
    }

    @Test
    void tellsTheLastAnswerWhileAnotherWaitsForTheNextUntilThatIsTooOld()
            throws InterruptedException, ExecutionException {
        assertThat(readiness.answer()).isEqualTo("ready");
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        storage = () -> {
            waits.countDown();
            join(answers);
            return down();
        };
        pass(Duration.ofSeconds(2));
        CompletableFuture<String> first = CompletableFuture.supplyAsync(readiness::answer, Thread::startVirtualThread);
        waits.await();

        assertThat(readiness.answer()).isEqualTo("ready");
        pass(Duration.ofSeconds(3));
        assertThatThrownBy(readiness::answer).hasMessageContaining("has not answered");
        assertThat(asked).hasValue(2);

        answers.countDown();
        assertThat(first.handle((answer, failure) -> String.valueOf(failure)).get())
                .contains("It is down.");
        assertThatThrownBy(readiness::answer).isSameAs(outage);
        assertThat(asked).hasValue(2);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
