package io.holdfast.cli.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does on a phone that knows no server. */
final class EarningsDeviceTest {

    private static final int PAGE = 4_096;

    private static final Pattern EARNED = Pattern.compile("\"currentEarnings\":\"([0-9.]+)\"");

    @TempDir
    Path folder;

    private Commands commands() {
        return Commands.in(folder);
    }

    private static Invocation earnings(Commands by, String command, String... more) {
        String[] all = new String[more.length + 7];
        System.arraycopy(
                new String[] {"earnings", command, "--store", "@ann.db", "--user", "ann", "--json"}, 0, all, 0, 7);
        System.arraycopy(more, 0, all, 7, more.length);
        return by.run(all);
    }

    private static BigDecimal earned(Invocation shown) {
        Matcher matcher = EARNED.matcher(shown.fine().out());
        assertThat(matcher.find()).as(shown.out()).isTrue();
        return new BigDecimal(matcher.group(1));
    }

    @Test
    void aSessionGoesOnWhileNoCommandRuns() {
        earnings(commands(), "init", "--rate", "3600").fine();
        BigDecimal atStart = earned(earnings(commands(), "start"));
        BigDecimal shown = earned(earnings(commands(), "show"));
        BigDecimal stopped = earned(earnings(commands(), "stop"));
        assertThat(shown).isGreaterThan(atStart);
        assertThat(stopped).isGreaterThanOrEqualTo(shown);
        assertThat(earned(earnings(commands(), "show"))).isEqualTo(stopped);
        assertThat(earnings(commands(), "show").out()).contains("\"active\":false", "\"syncStatus\":\"pending\"");
    }

    @Test
    void aClockSetForwardEarnsNothing() {
        earnings(commands(), "init", "--rate", "1").fine();
        earnings(commands(), "start").fine();
        Commands nextWeek = commands().shifted(Duration.ofDays(7));
        assertThat(earned(earnings(nextWeek, "stop"))).isLessThan(BigDecimal.ONE);
    }

    @Test
    void eachMisuseIsAnsweredInOneSentence() {
        commands()
                .run("earnings", "show", "--store", "@none.db", "--user", "ann")
                .refused(1, "earnings init");
        commands()
                .run("earnings", "init", "--store", "@ann.db", "--user", "a b")
                .refused(2, "user_id");
        String[] init = {"earnings", "init", "--store", "@ann.db", "--user", "ann", "--rate"};
        for (String rate : new String[] {"-1", "NaN", "1e99", "0.000000001", "much"}) {
            String[] all = Arrays.copyOf(init, init.length + 1);
            all[init.length] = rate;
            commands().run(all).refused(2, "rate");
        }
        commands()
                .run("earnings", "init", "--store", "@ann.db", "--user", "ann")
                .fine();
        commands()
                .run("earnings", "stop", "--store", "@ann.db", "--user", "ann")
                .refused(4, "No session runs");
        commands()
                .run("earnings", "start", "--store", "@ann.db", "--user", "ann")
                .fine();
        commands()
                .run("earnings", "start", "--store", "@ann.db", "--user", "ann")
                .refused(4, "A session runs");
        commands()
                .run("earnings", "show", "--store", "@ann.db", "--user", "bob")
                .refused(1, "not of bob");
    }

    @Test
    void aDamagedFileIsSaidToBeSoAndMended() throws IOException, SQLException {
        earnings(commands(), "init", "--rate", "3600").fine();
        earnings(commands(), "start").fine();
        assertThat(earnings(commands(), "recover").fine().out()).isEqualTo("{\"damaged\":false}\n");
        assertThat(earnings(commands(), "stop").exitCode()).isZero();
        BigDecimal earned = earned(earnings(commands(), "show"));
        Path file = folder.resolve("ann.db");
        int page = firstPage(file, "mining_settlements");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (page - 1) * PAGE, page * PAGE, (byte) 0x5a);
        Files.write(file, bytes);

        Invocation look = earnings(commands(), "recover");
        assertThat(look.exitCode()).isEqualTo(1);
        assertThat(look.out()).contains("\"damaged\":true", "--readable", "--backup FILE");
        commands()
                .run("earnings", "show", "--store", "@ann.db", "--user", "ann")
                .refused(
                        1, "damaged", "'holdfast earnings recover --store " + file + " --user ann' says what is wrong");
        assertThat(Files.readString(folder.resolve("ann.db.operations.jsonl"))).contains("STORE_DAMAGED");
        Invocation mended = earnings(commands(), "recover", "--readable").fine();
        assertThat(mended.out()).contains("\"from\":\"readable\"", "ann.db.replaced-");
        assertThat(earned(earnings(commands(), "show"))).isLessThanOrEqualTo(earned);
        assertThat(earnings(commands(), "recover").fine().out()).isEqualTo("{\"damaged\":false}\n");
        commands()
                .run("earnings", "recover", "--store", "@ann.db", "--user", "ann", "--readable", "--backup", "x")
                .refused(2, "one of");
        commands()
                .run("earnings", "recover", "--store", "@none.db", "--user", "ann")
                .refused(1, "no store");
    }

    private static int firstPage(Path file, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")) {
            return row.getInt(1);
        }
    }
}
