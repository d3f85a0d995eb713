package io.holdfast.earnings;

import io.holdfast.client.Sent;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.earnings.operations.FileOperationLog;
import io.holdfast.earnings.operations.Kpis;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.operations.OperationLog;
import io.holdfast.earnings.operations.Troubles;
import io.holdfast.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Writes down what one device does for one user, in a file beside his. Thread-safe. */
final class DeviceOperations {

    /** Pending changes that are looked at for the oldest of them. */
    private static final int LOOKED_AT_MAX = 100;

    private final Path file;
    private final String user;
    private final InstantSource clock;
    private final OperationLog log;

    DeviceOperations(Path file, String user, InstantSource clock) {
        this.file = file;
        this.user = user;
        this.clock = clock;
        log = new FileOperationLog(
                file.resolveSibling(file.getFileName() + ".operations.jsonl"), FileOperationLog.DEVICE_BYTES_MAX);
    }

    List<LogEntry> entries() {
        return log.entries();
    }

    Kpis kpis(Duration period) {
        return Kpis.of(log, entry -> true, clock.instant().minus(period));
    }

    /** One message, once what came of it is taken in. */
    void sent(Store store, Sent sent) {
        Waiting waiting = waiting(store);
        log.append(new LogEntry.Sync(
                sent.at(),
                user,
                sent.kind().name().toLowerCase(Locale.ROOT),
                sent.failure()
                        .map(failure -> failure.code().name().toLowerCase(Locale.ROOT))
                        .orElse("answered"),
                sent.failure().isEmpty(),
                sent.took(),
                sent.traffic().sentBytes(),
                sent.traffic().receivedBytes(),
                sent.failuresBefore(),
                waiting.queued(),
                waiting.oldest()));
    }

    private record Waiting(long queued, Duration oldest) {}

    private Waiting waiting(Store store) {
        Account account = store.review().account();
        long queued = account.in(ChangeState.PENDING) + account.in(ChangeState.IN_FLIGHT);
        if (queued == 0) {
            return new Waiting(0, Duration.ZERO);
        }
        long now = clock.millis();
        long ahead = store.device().clock().offsetMillis();
        List<LocalRecord> records = store.storage().read(transaction -> {
            List<LocalRecord> waiting = new ArrayList<>(transaction.pending(LOOKED_AT_MAX));
            transaction
                    .firstFrozen()
                    .ifPresent(batch ->
                            waiting.addAll(transaction.inBatch(batch.mark().number())));
            return waiting;
        });
        long oldest = records.stream()
                .map(LocalRecord::layers)
                .flatMap(List::stream)
                .filter(layer -> layer.state() != Layer.State.QUARANTINED)
                .flatMapToLong(layer -> layer.edit().cells().values().stream()
                        .mapToLong(cell -> cell.stamp().millis() - (layer.inServerTime() ? ahead : 0)))
                .min()
                .orElse(now);
        return new Waiting(queued, Duration.ofMillis(Math.max(0, now - oldest)));
    }

    /** Does something, and writes down an error of the system that it meets. */
    <T> T logged(Store store, Supplier<T> step) {
        try {
            return step.get();
        } catch (HoldfastException failed) {
            failed(store, failed);
            throw failed;
        }
    }

    /** Writes an error down, if it is one of the system. */
    void failed(Store store, HoldfastException failed) {
        TreeMap<String, String> state = new TreeMap<>();
        try {
            Account account = store.review().account();
            account.states()
                    .forEach((name, count) -> state.put(name.name().toLowerCase(Locale.ROOT), count.toString()));
            state.put("changes", Long.toString(account.made()));
        } catch (HoldfastException unreadable) {
            state.put("changes", "unknown: " + unreadable.code());
        }
        failed(state, failed);
    }

    /** Writes an error down that kept the file from being opened. */
    void unopened(HoldfastException failed) {
        failed(new TreeMap<>(), failed);
    }

    private void failed(TreeMap<String, String> state, HoldfastException failed) {
        if (Troubles.ofSystem(failed.code())) {
            state.put("file", String.valueOf(file.getFileName()));
            log.append(Troubles.of(clock.instant(), user, failed, state)
                    .withCondition("diskFreeBytes", free())
                    .withCondition("fileBytes", size()));
        }
    }

    private String free() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return folder == null
                    ? "unknown"
                    : Long.toString(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    private String size() {
        try {
            return Long.toString(Files.size(file));
        } catch (IOException unknown) {
            return "unknown";
        }
    }
}
