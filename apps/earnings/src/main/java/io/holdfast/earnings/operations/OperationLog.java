package io.holdfast.earnings.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The log of operations: it only grows, until its oldest part is given up. Thread-safe. */
public interface OperationLog extends AutoCloseable {

    /** Adds an entry. Never fails: an operation does not end because it cannot be written down. */
    void append(LogEntry entry);

    /** Visits all that is kept, the oldest first. */
    void each(Consumer<LogEntry> visitor);

    /** All that is kept, the oldest first; for logs that are known to be short. */
    default List<LogEntry> entries() {
        List<LogEntry> entries = new ArrayList<>();
        each(entries::add);
        return entries;
    }

    @Override
    void close();
}
