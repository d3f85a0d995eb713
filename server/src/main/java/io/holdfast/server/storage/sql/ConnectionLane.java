package io.holdfast.server.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Some connections, each used by one platform thread at a time. SQLite's native calls would hold the carrier of a virtual
 * thread, and with it every other virtual thread that waits for that carrier. Callers are served in the order they come.
 * Thread-safe.
 */
final class ConnectionLane implements AutoCloseable {

    private final ExecutorService threads;
    private final BlockingQueue<Connection> free;
    private final List<Connection> all;

    /** Opens the connections. */
    ConnectionLane(String name, int width, Opening opening) throws SQLException {
        free = new ArrayBlockingQueue<>(width);
        all = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            Connection connection = opening.open();
            all.add(connection);
            free.add(connection);
        }
        threads = Executors.newFixedThreadPool(
                width, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /** Opens one connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Uses a connection, and waits for the end of it however often the caller is interrupted: the outcome must be known. */
    <T> T use(Use<T> use) throws SQLException {
        Future<T> outcome;
        try {
            outcome = threads.submit(() -> {
                Connection connection = free.take();
                try {
                    return use.with(connection);
                } finally {
                    free.add(connection);
                }
            });
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("the database is closed", closed);
        }
        return joined(outcome);
    }

    private static <T> T joined(Future<T> outcome) throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets what runs come to its end, then closes the connections. */
    @Override
    public void close() throws SQLException {
        threads.close();
        for (Connection connection : all) {
            connection.close();
        }
    }
}
