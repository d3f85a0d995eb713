package io.holdfast.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Device;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that knows nothing of Holdfast writes the server's tables in SQL, beside real processes. */
class ForeignWritesEndToEndTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("data/server.db") + "?busy_timeout=10000");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void syncUntil(Device device, String text) {
        while (!device.list().contains(text)) {
            device.sync();
        }
    }

    @Test
    void anUpdateInSqlReachesADeviceOnceAlthoughTheServerWasKilledBeforeItSawIt() throws SQLException {
        Device phone = Device.of(folder, "phone");
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = server.token("device", "ann");
            phone.init(server, token)
                    .put(Journal.entry("e1", "views", "{\"add\":3}"), Journal.entry("e2"), Journal.entry("e3"))
                    .sync();
            server.kill();
            sql(
                    "UPDATE entries SET notes = 'from SQL', views = views + 4 WHERE id = 'e1'",
                    "DELETE FROM entries WHERE id = 'e2'",
                    "UPDATE entries SET potency = 11 WHERE id = 'e3'");
        }
        try (ServerProcess again = ServerProcess.start(folder)) {
            phone.init(again, again.token("device", "ann"));
            syncUntil(phone, "from SQL");
            assertThat(phone.list().lines())
                    .containsExactly(
                            "{\"id\":\"e1\",\"account\":\"ann\",\"at\":\"2026-01-02T03:04:05Z\","
                                    + "\"notes\":\"from SQL\",\"views\":7}",
                            Journal.entry("e3"));
            assertThat(phone.run("verify", "--deep").fine().lines())
                    .allMatch(line -> line.matches("L[012] equal, [23] records, .*"));
            assertThat(phone.run("sync").fine().out()).contains("0 sent, 0 received");
            assertThat(Commands.in(folder)
                            .run("gaps", "list", "--data", "@data")
                            .out())
                    .contains("WRITE_REFUSED", "e3")
                    .doesNotContain("e1", "e2");
        }
    }
}
