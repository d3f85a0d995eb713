package io.holdfast.server.http.exchange;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.Sender;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.metrics.ServerMetrics;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Times what devices call, by what came of it. Thread-safe.
 *
 * @param watchers are told too, by the name of the schema
 */
record Timed(ServerMetrics metrics, Ticker ticker, Map<String, Consumer<Exchanged>> watchers) {

    /** Copies. */
    Timed {
        watchers = Map.copyOf(watchers);
    }

    /** What is timed. */
    record Message(String kind, Sender sender, long bytes) {}

    private record Done(String outcome, Optional<HoldfastException> refusal, long sentBytes) {}

    /**
     * Does a step and records it under the outcome that {@code outcome} reads from its result, or the code of its refusal.
     *
     * @return what {@code written} makes of the result
     */
    <T> byte[] run(Message message, Supplier<T> step, Function<T, String> outcome, Function<T, byte[]> written) {
        long start = ticker.read();
        try {
            T result = step.get();
            byte[] answer = written.apply(result);
            record(message, new Done(outcome.apply(result), Optional.empty(), answer.length), start);
            return answer;
        } catch (HoldfastException refused) {
            record(message, refused, start);
            throw refused;
        } catch (RuntimeException defect) {
            record(message, new HoldfastException(ErrorCode.INTERNAL, "The server failed: " + defect, defect), start);
            throw defect;
        }
    }

    private void record(Message message, HoldfastException refused, long start) {
        String code = refused.code().name().toLowerCase(Locale.ROOT);
        record(message, new Done(code, Optional.of(refused), 0), start);
    }

    private void record(Message message, Done done, long start) {
        Duration took = Duration.ofNanos(ticker.read() - start);
        metrics.exchange(message.kind(), done.outcome(), took);
        Sender sender = message.sender();
        Consumer<Exchanged> watcher = watchers.get(sender.schema().name());
        if (watcher != null) {
            watcher.accept(new Exchanged(
                    sender.scope(),
                    sender.replica(),
                    message.kind(),
                    done.outcome(),
                    done.refusal(),
                    took,
                    message.bytes(),
                    done.sentBytes()));
        }
    }
}
