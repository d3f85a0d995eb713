package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.ChangeState;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.migration.EarningsMigration;
import io.holdfast.earnings.migration.MigrationReport;
import io.holdfast.earnings.migration.OldNames;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mining goes on from whatever shape the table of an earlier version had. */
class EarlierVersionsTest {

    private static final Duration MINED = Duration.ofMinutes(4);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private int tries;

    /**
     * A table of an earlier version with one user in it.
     *
     * @param columns as they are declared, beside the user's id
     * @param values of the user's row, one for each column
     * @param units what the user has, in units of the eighth digit
     * @param rate units an hour, if the table says
     */
    private record Version(
            List<String> columns, List<String> values, long units, Optional<Long> rate, boolean offline) {}

    private static Gen<Version> versions() {
        return choices -> {
            List<String> columns = new ArrayList<>();
            List<String> values = new ArrayList<>();
            long units = amount(choices, "current_earnings", columns, values).orElse(0L);
            Optional<Long> rate = amount(choices, "earning_rate", columns, values);
            time(choices, "last_update", columns, values);
            time(choices, "start_date", columns, values);
            if (choices.index(2) == 0) {
                columns.add("nick_name TEXT DEFAULT 'nobody'");
                values.add("'Ann''s'");
            }
            return new Version(List.copyOf(columns), List.copyOf(values), units, rate, choices.index(2) == 0);
        };
    }

    /** An amount, in a column that may be missing or hold nothing. */
    private static Optional<Long> amount(Choices choices, String name, List<String> columns, List<String> values) {
        String type = Gens.pick("", "REAL", "TEXT", "NUMERIC", "DECIMAL(18,8)").next(choices);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        columns.add(name + " " + type);
        if (choices.index(5) == 0) {
            values.add("NULL");
            return Optional.empty();
        }
        long units = Gens.longs(0, 10_000_000_000_000L).next(choices);
        String digits = BigDecimal.valueOf(units, Coins.SCALE).toPlainString();
        values.add(type.equals("TEXT") ? "'" + digits + "'" : digits);
        return Optional.of(units);
    }

    private static void time(Choices choices, String name, List<String> columns, List<String> values) {
        String shape = Gens.pick(
                        "",
                        "TEXT '2026-10-01 10:00:00'",
                        "TEXT '2026-10-01T10:00:00.250Z'",
                        "INTEGER 1790848800",
                        "INTEGER 1790848800123",
                        "TIMESTAMP '2026-10-01 10:00:00'",
                        "TEXT NULL")
                .next(choices);
        if (!shape.isEmpty()) {
            int space = shape.indexOf(' ');
            columns.add(name + " " + shape.substring(0, space));
            values.add(shape.substring(space + 1));
        }
    }

    @Test
    void M01_aSessionStartsFromAnyEarlierVersionWithoutAnErrorAboutAField() throws IOException {
        Path template = folder.resolve("template.db");
        SqliteDatabase.open(template).close();
        Property.of("M01").tries(100).shrinks(50).forAll(versions(), version -> {
            Path file = Files.copy(template, folder.resolve("server" + tries++ + ".db"));
            make(file, version);
            SettableClock clock = SettableClock.at(EarningsWorld.BEGIN);
            try (EarningsMigration migration = EarningsMigration.open(
                    SqliteDatabase.open(file),
                    OldNames.defaults(),
                    Terms.of(EarningsWorld.RATE),
                    clock,
                    new SeededRandom(2))) {
                assertThat(migration.run(rows -> {})).isEqualTo(new MigrationReport(1, 1, 0, List.of()));
            }
            mine(file, version);
        });
    }

    private static void make(Path file, Version version) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            String columns = version.columns().isEmpty() ? "" : ", " + String.join(", ", version.columns());
            String values = version.values().isEmpty() ? "" : ", " + String.join(", ", version.values());
            statement.execute("CREATE TABLE user_earnings (id INTEGER PRIMARY KEY, user_id TEXT" + columns + ")");
            statement.execute("INSERT INTO user_earnings VALUES (7, 'ann'" + values + ")");
        }
    }

    private void mine(Path file, Version version) {
        Path phones = newFolder();
        try (SqlServerStorage storage =
                        SqlServerStorage.open(SqliteDatabase.open(file), List.of(EarningsSchema.SCHEMA));
                EarningsWorld world =
                        new EarningsWorld(phones, EarningsPolicy.of(Terms.of(EarningsWorld.RATE)), storage)) {
            TestPhone phone = world.phone("phone", "ann");
            phone.network = version.offline() ? TestPhone.Network.DOWN : TestPhone.Network.UP;
            world.run(Duration.ofSeconds(30));
            Coins rate = version.rate().map(Coins::new).orElse(EarningsWorld.RATE);
            phone.earnings.initialize(rate.number());
            phone.earnings.start();
            world.run(MINED);
            phone.earnings.stop();
            new Script(world, phone).settle();
            world.run(Duration.ofSeconds(10));

            assertThat(phone.earnings.store().review().account().in(ChangeState.QUARANTINED))
                    .isZero();
            assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann").stream().filter(found -> !version.offline()))
                    .isEmpty();
            assertThat(world.rows(EarningsSchema.SESSIONS, "ann")).hasSize(1);
            UserEarnings user = world.user("ann");
            BigDecimal mined = user.current().subtract(BigDecimal.valueOf(version.units(), Coins.SCALE));
            assertThat(user.rate()).isEqualTo(rate.number());
            BigDecimal most = EarningsWorld.coins(rate, MINED);
            if (version.offline()) {
                // Times by a clock that nobody knew are granted once the server's is known.
                assertThat(mined).isBetween(BigDecimal.ZERO, most);
            } else {
                assertThat(mined).isEqualTo(most);
            }
        }
    }

    private Path newFolder() {
        try {
            return Files.createDirectory(folder.resolve("phones" + tries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
