package io.holdfast.earnings.migration;

import io.holdfast.testkit.random.SeededRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Goes on writing {@code user_earnings} as it did before Holdfast, on a thread and a connection of its own, and keeps a twin of the
 * table by the same statements in the same transactions: whatever the table is moved to, it must show what the twin holds. A
 * refusal that an application must expect of its database is met by doing it again.
 */
final class OldApplication implements AutoCloseable {

    private static final String TWIN = "twin";
    private static final long PAUSE_MILLIS = 10;
    private static final int TRIES = 10_000;

    private final OldDatabase old;
    private final int users;
    private final RandomGenerator random = new SeededRandom(11);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> gone = new ArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final Thread thread;
    private int repeated;
    private long longestNanos;
    private Optional<Throwable> failure = Optional.empty();

    private OldApplication(OldDatabase old, int users) {
        this.old = old;
        this.users = users;
        this.thread = Thread.ofPlatform().name("old-application").unstarted(this::work);
    }

    /**
     * Begins, with a twin of the table as it is.
     *
     * @param users how many {@code user-N} there are, from 1
     */
    static OldApplication begin(OldDatabase old, int users) {
        old.run("CREATE TABLE " + TWIN + " AS SELECT * FROM user_earnings", "CREATE INDEX twin_user ON twin (user_id)");
        OldApplication application = new OldApplication(old, users);
        application.thread.start();
        return application;
    }

    private void work() {
        try (Connection connection = old.connect()) {
            connection.setAutoCommit(false);
            do {
                write(connection, next());
            } while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (SQLException | InterruptedException | RuntimeException broken) {
            failure = Optional.of(broken);
        }
    }

    private String next() {
        String user = "user-" + random.nextInt(1, users + 1);
        return switch (random.nextInt(10)) {
            case 0 -> insert("new-" + writes.get());
            case 1 -> {
                gone.add(user);
                yield "DELETE FROM % WHERE user_id = '" + user + "'";
            }
            case 2 -> gone.isEmpty() ? insert("first") : insert(gone.removeLast());
            case 3 -> "UPDATE % SET earning_rate = 0.75, note = 'faster' WHERE user_id = '" + user + "'";
            default -> "UPDATE % SET current_earnings = current_earnings + 0.5 WHERE user_id = '" + user + "'";
        };
    }

    private String insert(String user) {
        return "INSERT INTO % (user_id, current_earnings, earning_rate, last_update, start_date, note) SELECT '" + user
                + "', 7.25, 0.5, " + old.time("2026-11-02T10:00:00Z") + ", " + old.time("2026-11-02T10:00:00Z")
                + ", 'new' WHERE NOT EXISTS (SELECT 1 FROM twin WHERE user_id = '" + user + "')";
    }

    private void write(Connection connection, String sql) throws SQLException {
        long begun = System.nanoTime();
        for (int attempt = 1; !once(connection, sql, attempt == TRIES); attempt++) {
            repeated++;
        }
        longestNanos = Math.max(longestNanos, System.nanoTime() - begun);
        writes.incrementAndGet();
    }

    private boolean once(Connection connection, String sql, boolean last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The table first: an insert asks the twin whether the user is there.
            statement.executeUpdate(sql.replace("%", "user_earnings"));
            statement.executeUpdate(sql.replace("%", TWIN));
            connection.commit();
            return true;
        } catch (SQLException refused) {
            connection.rollback();
            if (last || !old.isPassing(refused)) {
                throw new SQLException(sql, refused);
            }
            return false;
        }
    }

    /** Waits until it has written so much more. */
    void goOn(int more) {
        int enough = writes.get() + more;
        while (writes.get() < enough && thread.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    int writes() {
        return writes.get();
    }

    /** How often the database asked it to do something again. */
    int repeated() {
        return repeated;
    }

    /** What the slowest of its writes took, repetitions and all. */
    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    /** Rows of the table and not of the twin, or of the twin and not of the table; a few of them. */
    List<String> differences() {
        String columns = "user_id, " + old.exactly("current_earnings") + ", " + old.exactly("earning_rate")
                + ", last_update, start_date, note";
        String table = "SELECT " + columns + " FROM user_earnings";
        String twin = "SELECT " + columns + " FROM " + TWIN;
        return old.rows(
                "SELECT * FROM (SELECT * FROM (" + table + " EXCEPT " + twin + ") AS more UNION ALL SELECT * FROM ("
                        + twin + " EXCEPT " + table + ") AS less) AS both_ways LIMIT 5");
    }

    /** Ends, and fails as the application did. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        failure.ifPresent(broken -> {
            throw new IllegalStateException("the old application broke off", broken);
        });
    }
}
