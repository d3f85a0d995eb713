package io.holdfast.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
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

class BackupCommandTest {

    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
        commands = Commands.in(folder);
    }

    @Test
    void copiesAServerThatRunsAndRestoresItOnlyOnceItIsStopped() throws SQLException {
        try (ServerProcess server = ServerProcess.start(folder)) {
            init(server, server.token("device", "ann"));
            put("e1");
            commands.run("sync", "--store", "@phone.db").fine();
            assertThat(commands.run("backup", "create", "--data", "@data", "--to", "@server.backup")
                            .fine()
                            .out())
                    .contains("1 record in 1 scope");
            assertThat(folder)
                    .as("nothing is left of what was made beside the backup")
                    .isDirectoryNotContaining("glob:**server.backup?*");
            commands.run("backup", "restore", "@server.backup", "--data", "@data", "--force")
                    .refused(1, "has server.db open");
            commands.run("sync", "--store", "@phone.db").fine();
            server.terminate();
        }
        commands.run("backup", "restore", "@server.backup", "--data", "@data").refused(1, "is there already");
        assertThat(commands.run("backup", "restore", "@server.backup", "--data", "@data", "--force", "--json")
                        .fine()
                        .out())
                .contains("\"kind\":\"SERVER\"", "\"scopes\":1,\"records\":1,", "\"damaged\":0", "\"replaced\":");
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**restoring**");
        assertThat(commands.run("backup", "verify", "@server.backup").fine().out())
                .contains("is sound");
        commands.run("backup", "restore", "@server.backup", "--store", "@phone.db", "--force")
                .refused(1, "is of a server, not of a device");

        tamper();
        commands.run("backup", "create", "--data", "@data", "--to", "@damaged.backup")
                .refused(1, "1 record was not what had been stored");
        commands.run("backup", "verify", "@damaged.backup").refused(1, "the copy is exact, damage included");
    }

    private void tamper() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/server.db"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // As damage: otherwise the write would be taken in.
            statement.execute("INSERT INTO hf_own_write (mark) VALUES (1)");
            assertThat(statement.executeUpdate("DELETE FROM entries WHERE id = 'e1'"))
                    .isEqualTo(1);
            statement.execute("DELETE FROM hf_own_write");
            connection.commit();
        }
    }

    private void init(ServerProcess server, String token) {
        commands.run(
                        "device",
                        "init",
                        "--store",
                        "@phone.db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server.address(),
                        "--token",
                        token)
                .fine();
    }

    private void put(String id) {
        commands.pipe(Journal.entry(id), "put", "--store", "@phone.db", "entries")
                .fine();
    }

    @Test
    void refusesWhatIsNotOneThingToBackUp() {
        commands.run("backup", "create", "--to", "@x").refused(2, "--store FILE for a device, or --data DIR");
        commands.run("backup", "create", "--store", "@phone.db", "--data", "@data", "--to", "@x")
                .refused(2, "--store FILE for a device, or --data DIR");
        commands.run("backup", "create", "--database", "jdbc:postgresql://localhost/x", "--to", "@x")
                .refused(2, "pg_dump");
        commands.run("backup", "create", "--store", "@none.db", "--to", "@x").refused(1, "There is nothing at");
        commands.run("backup", "verify", "@journal.json").refused(1, "is no backup, or was cut short");
        commands.run("backup", "verify", "@none.backup").refused(1, "cannot be read");
    }
}
