package io.holdfast.earnings;

import io.holdfast.earnings.migration.OldDatabase;
import io.holdfast.testkit.random.SeededRandom;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A program that writes users' balances in SQL as fast as it can: to some through the view of the old shape, to some in Holdfast's own
 * table. Users {@code user-N} have devices, which mine meanwhile; users {@code other-N} come and go. Writes down what it did.
 */
final class SqlBurst {

    private static final BigDecimal STEP = new BigDecimal("0.00000001");

    private final OldDatabase old;
    private final int users;
    private final RandomGenerator random = new SeededRandom(13);

    /** What each user was given. */
    final Map<String, BigDecimal> given = new TreeMap<>();

    /** How often each was written to. */
    final Map<String, Integer> writes = new TreeMap<>();

    /** Users who came and stayed. */
    final Deque<String> came = new ArrayDeque<>();

    /** Users who came and went. */
    final Deque<String> went = new ArrayDeque<>();

    private int repeated;

    SqlBurst(OldDatabase old, int users) {
        this.old = old;
        this.users = users;
    }

    void run(int statements) {
        try (Connection connection = old.connect()) {
            for (int i = 0; i < statements; i++) {
                act(connection, i);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void act(Connection connection, int number) throws SQLException {
        int kind = random.nextInt(20);
        if (kind == 0) {
            String user = "other-" + number;
            execute(connection, old.inserted(user, "7", "0.5"));
            came.add(user);
        } else if (kind == 1 && !came.isEmpty()) {
            String user = came.removeFirst();
            execute(connection, "DELETE FROM user_earnings WHERE user_id = '" + user + "'");
            went.add(user);
        } else {
            give(connection, "user-" + random.nextInt(1, users + 1), random.nextInt(1, 1_000), kind < 6);
        }
    }

    private void give(Connection connection, String user, int steps, boolean directly) throws SQLException {
        String amount = STEP.multiply(BigDecimal.valueOf(steps)).toPlainString();
        execute(
                connection,
                directly
                        ? "UPDATE user_earnings_records SET current_earnings = current_earnings + "
                                + old.stored(steps, amount) + " WHERE scope = '" + user + "'"
                        : "UPDATE user_earnings SET current_earnings = current_earnings + " + amount
                                + " WHERE user_id = '" + user + "'");
        given.merge(user, new BigDecimal(amount), BigDecimal::add);
        writes.merge(user, 1, Integer::sum);
    }

    private void execute(Connection connection, String sql) throws SQLException {
        while (true) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(sql);
                return;
            } catch (SQLException refused) {
                if (!old.isPassing(refused)) {
                    throw new SQLException(sql, refused);
                }
                repeated++;
            }
        }
    }

    /** How often the database asked for a statement again. */
    int repeated() {
        return repeated;
    }
}
