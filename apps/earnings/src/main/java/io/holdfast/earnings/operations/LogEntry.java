package io.holdfast.earnings.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One line of the log of operations. */
public sealed interface LogEntry {

    /** When it was over. */
    Instant at();

    /** About whose earnings. */
    String user();

    /**
     * One message between a device and the server.
     *
     * @param kind {@code register}, {@code exchange} or {@code reconcile}
     * @param outcome {@code answered} on a device, what came of it on a server; the code of the failure, if it failed; lower case
     * @param success whether it did what it was for
     * @param sentBytes by the device
     * @param receivedBytes by the device
     * @param retries tries that failed in a row before it
     * @param queued changes that still waited on the device then; 0 in a server's log
     * @param oldest how long the oldest of them had waited
     */
    record Sync(
            Instant at,
            String user,
            String kind,
            String outcome,
            boolean success,
            Duration took,
            long sentBytes,
            long receivedBytes,
            int retries,
            long queued,
            Duration oldest)
            implements LogEntry {}

    /**
     * An error of the system: of a disk, a database, a program.
     *
     * @param loss whether something that was stored may be lost, and must be recovered
     * @param state how the user stood
     * @param conditions how the machine stood
     * @param detail what exactly went wrong, cause by cause; without anything secret
     */
    record Trouble(
            Instant at,
            String user,
            String code,
            boolean loss,
            SortedMap<String, String> state,
            SortedMap<String, String> conditions,
            String detail)
            implements LogEntry {
        /** Copies. */
        public Trouble {
            state = Collections.unmodifiableSortedMap(new TreeMap<>(state));
            conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
        }

        /** The same with one more condition of the machine. */
        public Trouble withCondition(String name, String value) {
            TreeMap<String, String> more = new TreeMap<>(conditions);
            more.put(name, value);
            return new Trouble(at, user, code, loss, state, more, detail);
        }
    }
}
