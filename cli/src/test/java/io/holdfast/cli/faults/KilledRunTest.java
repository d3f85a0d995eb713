package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a run killed (SIGKILL) while it writes: whole records stand, and the next run writes the rest. */
@Tag("faults")
class KilledRunTest {

    private static final int RECORDS = 20_000;
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** A process that has written nothing after so many will not. */
    private static final int GLANCES = 6_000;

    private static final String MAPPING = """
            target: sellers
            fields:
              number: {column: No, type: TEXT}
              name:   {column: Name, type: TEXT, required: true}
              price:  {column: Price, type: "DECIMAL(12,2)"}
            key: [number]
            """;

    @TempDir
    private Path folder;

    private Commands holdfast;

    @BeforeEach
    void write() throws IOException {
        holdfast = Commands.in(folder);
        Files.writeString(folder.resolve("sellers.yaml"), MAPPING);
    }

    private void sheet(int records) throws IOException {
        Files.writeString(
                folder.resolve("sellers.csv"),
                IntStream.range(0, records)
                        .mapToObj(i -> "S-" + i + ",Seller " + i + "," + i)
                        .collect(Collectors.joining("\n", "No,Name,Price\n", "\n")));
    }

    private static String[] sync() {
        return new String[] {"source", "sync", "@sellers.csv", "--mapping", "@sellers.yaml", "--data", "@data", "--json"
        };
    }

    @Test
    void theNextRunCompletesWhatAKilledOneLeftWhole() throws IOException, SQLException {
        sheet(1);
        holdfast.run(sync()).fine();
        sheet(RECORDS);
        try (ChildProcess run = ChildProcess.start(folder, sync())) {
            for (int i = 0; i < GLANCES && count("1 = 1") == 1; i++) {
                run.linger(GLANCE);
            }
            assertThat(run.crash().out())
                    .as("what it said before it was killed")
                    .isEmpty();
        }
        long left = count("1 = 1");
        assertThat(left).as("killed while it wrote").isGreaterThan(1).isLessThan(RECORDS);
        assertThat(count("name = 'Seller ' || substr(number, 3) AND CAST(substr(number, 3) AS INTEGER) * 100 = price"))
                .as("whole records")
                .isEqualTo(left);

        System.out.println("faults: killed a run after " + left + " of " + RECORDS + " records");

        Invocation next = holdfast.run(sync()).fine();
        assertThat(next.out())
                .contains("\"outcome\":\"SUCCEEDED\"", "\"equal\":true", "\"targetCount\":" + RECORDS)
                .contains("\"created\":" + (RECORDS - left) + ",\"updated\":0,\"unchanged\":" + left);
        assertThat(holdfast.run("runs", "list", "--data", "@data", "--json")
                        .fine()
                        .lines())
                .extracting(line -> line.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1"))
                .containsExactly("SUCCEEDED", "INTERRUPTED", "SUCCEEDED");
    }

    /** Rows of the table, as any other program sees them. */
    private long count(String condition) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/server.db"));
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM sellers WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
