package io.holdfast.cli.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own database is taken over and given back, by the real clock. */
final class EarningsMigrateTest {

    @TempDir
    Path folder;

    private Commands commands;
    private String url;

    @BeforeEach
    void oldTable() throws SQLException {
        commands = Commands.in(folder);
        url = "jdbc:sqlite:" + folder.resolve("app.db");
        sql(
                "CREATE TABLE user_earnings (user_id TEXT, current_earnings REAL)",
                "INSERT INTO user_earnings VALUES ('ann', 12.5), ('bob', 1), ('no user', 2)");
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private double earnings(String user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_earnings FROM user_earnings WHERE user_id = '" + user + "'")) {
            return row.getDouble(1);
        }
    }

    @Test
    void forwardAndBack() throws SQLException {
        var first = commands.run("earnings", "migrate", "--database", url);
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out()).contains("Took over 2 of 3 rows.");
        assertThat(first.err()).contains("Stays in the old table: no user: ");
        sql(
                "UPDATE user_earnings SET user_id = 'cyd' WHERE FALSE",
                "DELETE FROM user_earnings WHERE user_id = 'no user'");
        assertThat(commands.run("earnings", "migrate", "--database", url, "--json")
                        .fine()
                        .out())
                .contains("\"moved\":0", "\"unfit\":0");
        sql("UPDATE user_earnings SET current_earnings = current_earnings + 0.5 WHERE user_id = 'ann'");
        assertThat(earnings("ann")).isEqualTo(13);
        assertThat(commands.run("earnings", "rollback", "--database", url)
                        .fine()
                        .out())
                .isEqualTo("The old table is back with 2 rows.\n");
        assertThat(earnings("ann")).isEqualTo(13);
        assertThat(commands.run("earnings", "rollback", "--database", url, "--json")
                        .fine()
                        .out())
                .isEqualTo("{\"rows\":2}\n");
    }

    @Test
    void eachMisuseIsAnsweredInOneSentence() throws SQLException {
        commands.run("earnings", "migrate").refused(2, "--database");
        commands.run("earnings", "migrate", "--database", "jdbc:sqlite:" + folder.resolve("none.db"))
                .refused(2, "There is no file");
        commands.run("earnings", "migrate", "--database", "jdbc:mysql://x").refused(2, "jdbc:sqlite:FILE");
        commands.run("earnings", "migrate", "--database", "jdbc:postgresql://127.0.0.1:1/x?user=x")
                .refused(3, "cannot be reached");
        commands.run("earnings", "migrate", "--database", url, "--table", "coins")
                .refused(4, "already has a table user_earnings");
        sql("ALTER TABLE user_earnings RENAME TO balances");
        commands.run("earnings", "migrate", "--database", url).refused(2, "no table user_earnings");
        commands.run("earnings", "rollback", "--database", url).refused(2, "no table user_earnings");
        sql("ALTER TABLE balances RENAME TO user_earnings");
        commands.run("earnings", "migrate", "--database", url, "--column", "user_id=who")
                .refused(2, "no column who");
        commands.run("earnings", "migrate", "--database", url, "--column", "balance=who")
                .refused(2, "no column balance");
        commands.run("earnings", "migrate", "--database", url, "--rate", "-1").refused(2, "rate");
    }
}
