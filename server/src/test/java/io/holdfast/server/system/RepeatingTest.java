package io.holdfast.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RepeatingTest {

    /** Memory that ran out for a moment must not end the clockwork for good. */
    @Test
    void goesOnWhateverAStepThrows() throws InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        try (Repeating repeating =
                new Repeating("test", Duration.ZERO, Duration.ZERO, () -> switch (steps.incrementAndGet()) {
                    case 1 -> throw new OutOfMemoryError("heap");
                    case 2 -> throw new IllegalStateException("defect");
                    default -> {
                        third.countDown();
                        yield Duration.ofDays(1);
                    }
                })) {
            repeating.start();
            assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
