package io.holdfast.cli.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL that can be killed like any process and started again on the same data. Not thread-safe. */
final class Postgres implements AutoCloseable {

    /** A postmaster that is given up too early comes up nevertheless, and no other may on its data. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private EmbeddedPostgres running;
    private int databases;

    private Postgres(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.running = running;
    }

    /** Starts one on new data in this folder. */
    static Postgres start(Path folder) {
        Path data = folder.resolve("postgres");
        try {
            return new Postgres(data, on(data).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder on(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on");
    }

    /** The address of its database. */
    String url() {
        return running.getJdbcUrl("postgres", "postgres");
    }

    /** The address of a new and empty database of it. */
    String freshUrl() {
        String name = "test" + ++databases;
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return running.getJdbcUrl("postgres", name);
    }

    /** Ends all its processes without a chance to do anything, in whatever transaction they are. */
    void crash() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        close(); // only forgets it: nothing runs any more
    }

    /** Lets it give up every transaction at once, as an operator in a hurry does. */
    void stopImmediately() {
        List<ProcessHandle> all = processes();
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(all.getFirst().pid())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach(process -> process.onExit().join());
        close();
    }

    private List<ProcessHandle> processes() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, as a service manager does, where it listened before. */
    void startAgain() {
        int port = running.getPort();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            try {
                running = on(data).setPort(port).start();
                return true;
            } catch (IOException | IllegalStateException notYet) {
                return false; // the memory of the killed one may be held a moment longer
            }
        });
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
