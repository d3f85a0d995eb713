package io.holdfast.server.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server processes of one database of each other's appends, by {@code NOTIFY} on the channel {@value #CHANNEL}; the
 * payload is the sequence, a space and the scope. Thread-safe.
 *
 * <p>Nothing is lost when a message is: devices come by themselves after their interval. So messages leave after the append
 * and outside of its transaction, where they would hold the one lock that all notifying commits of a database wait for; many
 * moves of a scope become one message; and a broken connection is made again after a pause.
 */
final class PostgresMoves implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMoves.class);
    private static final String CHANNEL = "holdfast_moves";
    private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', move) FROM unnest(?) AS move";
    private static final int HEAR_MILLIS = 60_000;

    private final DataSource source;
    private final Duration pause;
    private final List<MoveListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Long> leaving = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>(2);
    private boolean closed;

    /**
     * Connects only when there is something to send or someone to hear it.
     *
     * @param source of connections that are used for nothing else
     * @param pause after a connection broke
     */
    PostgresMoves(DataSource source, Duration pause) {
        this.source = source;
        this.pause = pause;
    }

    /** Tells the others soon; never waits. */
    void send(String scope, long sequence) {
        lock.lock();
        try {
            leaving.merge(scope, sequence, Math::max);
            changed.signalAll();
            start("holdfast-moves-sender", this::send);
        } finally {
            lock.unlock();
        }
    }

    /** Hears what all processes tell, this one included. */
    void hear(MoveListener listener) {
        lock.lock();
        try {
            listeners.add(listener);
            start("holdfast-moves-listener", this::hear);
        } finally {
            lock.unlock();
        }
    }

    /** What a thread does with a connection until it breaks. */
    @FunctionalInterface
    private interface Talk {
        void over(Connection connection) throws SQLException, InterruptedException;
    }

    private void start(String name, Talk talk) {
        if (!closed) {
            threads.computeIfAbsent(name, it -> Thread.ofVirtual().name(it).start(() -> keepUp(talk)));
        }
    }

    private void keepUp(Talk talk) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = source.getConnection()) {
                talk.over(connection);
            } catch (SQLException broken) {
                rest(broken);
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    private void send(Connection connection) throws SQLException, InterruptedException {
        try (PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
            while (true) {
                statement.setArray(1, connection.createArrayOf("text", nextToLeave()));
                statement.execute();
            }
        }
    }

    private Object[] nextToLeave() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (leaving.isEmpty()) {
                changed.await();
            }
            Object[] payloads = leaving.entrySet().stream()
                    .map(move -> move.getValue() + " " + move.getKey())
                    .toArray();
            leaving.clear();
            return payloads;
        } finally {
            lock.unlock();
        }
    }

    private void hear(Connection connection) throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!Thread.currentThread().isInterrupted()) {
            PGNotification[] heard = postgres.getNotifications(HEAR_MILLIS);
            for (PGNotification notification : heard == null ? new PGNotification[0] : heard) {
                tell(notification.getParameter());
            }
        }
    }

    /** Whoever may connect to the database may send on the channel: what makes no sense is passed over. */
    private void tell(String payload) {
        int space = payload.indexOf(' ');
        if (space > 0 && payload.substring(0, space).matches("[0-9]{1,18}")) {
            long sequence = Long.parseLong(payload.substring(0, space));
            listeners.forEach(listener -> listener.moved(payload.substring(space + 1), sequence));
        }
    }

    private void rest(SQLException broken) {
        lock.lock();
        try {
            if (!closed) {
                LOG.atWarn().addKeyValue("state", broken.getSQLState()).log("no word to or from other servers");
            }
            long left = pause.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** What did not leave yet does not leave any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            // A virtual thread that waits for its socket closes it when it is interrupted.
            threads.values().forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
