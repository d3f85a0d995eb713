package io.holdfast.earnings.operations;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the newest entries in memory. Thread-safe. */
public final class InMemoryOperationLog implements OperationLog {

    private final int entriesMax;
    private final Deque<LogEntry> entries = new ArrayDeque<>();

    /** @param entriesMax how many are kept */
    public InMemoryOperationLog(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    @Override
    public synchronized void append(LogEntry entry) {
        entries.addLast(entry);
        if (entries.size() > entriesMax) {
            entries.removeFirst();
        }
    }

    @Override
    public void each(Consumer<LogEntry> visitor) {
        List<LogEntry> all;
        synchronized (this) {
            all = List.copyOf(entries);
        }
        all.forEach(visitor);
    }

    @Override
    public void close() {}
}
