package io.holdfast.client.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.client.SimulatedMachine;
import io.holdfast.client.system.SystemMachine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HintStreamTest {

    private static final HintStream.Pace PACE = HintStream.Pace.defaults();

    private final SimulatedMachine machine = new SimulatedMachine(5, Duration.ofMillis(1));
    private final List<Instant> opened = new ArrayList<>();
    private final Heard heard = new Heard();
    private String answer = "";
    private final HintStream stream = new HintStream(this::open, heard, machine, PACE);

    private static final class Heard implements HintStream.Listener {
        final List<Long> sequences = new CopyOnWriteArrayList<>();
        final AtomicInteger connections = new AtomicInteger();

        @Override
        public void connected() {
            connections.incrementAndGet();
        }

        @Override
        public void moved(long sequence) {
            sequences.add(sequence);
        }
    }

    private InputStream open() throws IOException {
        opened.add(machine.time().instant());
        if (answer.isEmpty()) {
            throw new IOException("nobody there");
        }
        return new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String moved(long sequence) {
        return "event: moved\ndata: {\"scope\":\"ann\",\"sequence\":" + sequence + "}\n\n";
    }

    @Test
    void connectsAgainAfterADefect() {
        AtomicInteger tries = new AtomicInteger();
        HintStream defective = new HintStream(
                () -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("a defect of whoever opens it");
                    }
                    return new ByteArrayInputStream(moved(4).getBytes(StandardCharsets.UTF_8));
                },
                heard,
                machine,
                PACE);

        defective.connect();
        machine.time().runFor(Duration.ofSeconds(4));
        defective.close();

        assertThat(heard.sequences).contains(4L);
    }

    @Test
    void tellsWhatMovedAndPassesOverWhatItDoesNotKnow() {
        answer = "retry: 2000\n\n" + moved(3) + "event: weather\ndata: {}\n\n:\n\nevent: moved\ndata: what?\n\n"
                + "event: moved\ndata: {\"sequence\":\"7\"}\n\n" + moved(9);

        stream.connect();
        machine.time().runFor(Duration.ofMillis(1));

        assertThat(heard.sequences).containsExactly(3L, 9L);
        assertThat(heard.connections).hasValue(1);
    }

    @Test
    void connectsAgainWheneverTheStreamEndsAndWaitsLongerTheMoreOftenItFails() {
        stream.connect();
        machine.time().runFor(Duration.ofHours(1));

        assertThat(heard.connections).hasValue(0);
        long longest = 0;
        for (int i = 1; i < opened.size(); i++) {
            long gap = Duration.between(opened.get(i - 1), opened.get(i)).toMillis();
            assertThat(gap).isLessThanOrEqualTo(Math.min(1_000L << Math.min(i - 1, 10), 60_000) + 1);
            longest = Math.max(longest, gap);
        }
        assertThat(longest).isGreaterThan(30_000);

        answer = moved(1);
        machine.time().runFor(Duration.ofMinutes(1));
        assertThat(heard.connections.get()).isPositive();
        int before = opened.size();
        machine.time().runFor(Duration.ofSeconds(10));
        assertThat(opened.size() - before).isGreaterThanOrEqualTo(9);
    }

    @Test
    void connectsAtOnceWhenToldTo() {
        stream.connect();
        machine.time().runFor(Duration.ofMinutes(30));
        answer = moved(4);

        stream.connect();
        machine.time().runFor(Duration.ofMillis(1));

        assertThat(heard.sequences).containsExactly(4L);
    }

    @Test
    void aClosedStreamStaysClosed() {
        answer = moved(1);
        stream.connect();
        stream.close();
        stream.connect();
        machine.time().runFor(Duration.ofHours(1));

        assertThat(opened).isEmpty();
    }

    /** Sends nothing, and ends when it is closed. */
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
                return -1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aStreamThatFallsSilentIsReplaced() {
        HintStream.Pace impatient =
                new HintStream.Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(40));
        try (SystemMachine real = new SystemMachine("hint-test");
                HintStream replaced = new HintStream(Silent::new, heard, real, impatient)) {
            replaced.connect();
            await().until(() -> heard.connections.get() >= 3);
        }
    }
}
