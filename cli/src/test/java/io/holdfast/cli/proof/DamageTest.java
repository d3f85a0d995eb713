package io.holdfast.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Device;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage behind everybody's back, in the real files: found, told as a gap, and repaired row by row. */
class DamageTest {

    @TempDir
    private Path folder;

    private ServerProcess server;
    private Device phone;
    private String token;

    @BeforeEach
    void threeRecordsOnBothSides() {
        Journal.in(folder);
        server = ServerProcess.start(folder);
        token = server.token("device", "ann");
        phone = Device.of(folder, "phone")
                .init(server, token)
                .put(
                        Journal.entry("e1", "notes", "\"Quite Unmistakable\""),
                        Journal.entry("e2", "views", "{\"add\":7}"),
                        Journal.entry("e3"))
                .sync();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void sql(String file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean server = file.endsWith("server.db");
            if (server) {
                // As damage: otherwise the write would be taken in.
                statement.execute("INSERT INTO hf_own_write (mark) VALUES (1)");
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            if (server) {
                statement.execute("DELETE FROM hf_own_write");
            }
            connection.commit();
        }
    }

    /** Flips one bit of every place where a file holds a text. */
    private static void flip(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int flipped = 0;
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                bytes[i] ^= 1;
                flipped++;
            }
        }
        assertThat(flipped).isPositive();
        Files.write(file, bytes);
    }

    private String gaps(String... options) {
        return Commands.in(folder).run(options).out();
    }

    private String gapsHere() {
        return phone.run("gaps", "list", "--all", "--json").out();
    }

    private String gapsThere() {
        return gaps("gaps", "list", "--all", "--json", "--data", "@data");
    }

    @Test
    void aBitFlippedInAValueOfTheStoreIsFoundAndTheServersRecordTakesItsPlace() throws IOException {
        flip(phone.file(), "Quite Unmistakable");
        Invocation found = phone.run("verify");
        found.refused(1, "1 record is not what it should be; nothing was changed");
        assertThat(phone.run("gaps", "list", "--json").out())
                .contains("\"kind\":\"ROW_CHANGED\",\"state\":\"OPEN\"", "\"record\":\"e1\"", "Puite Unmistakable");
        assertThat(phone.status()).contains("\"openGaps\":1");

        phone.run("verify", "--repair").fine();
        assertThat(phone.list()).contains("Quite Unmistakable");
        assertThat(gapsHere())
                .contains("\"id\":1,", "\"state\":\"REPAIRED\"", "\"repair\":\"The server's record took its place.\"")
                .contains("\"notes\":\"Puite Unmistakable\"", "\"notes\":\"Quite Unmistakable\"");
        phone.proven();
        assertThat(phone.run("gaps", "show", "1").fine().out())
                .contains("Gap 1: ROW_CHANGED entries/e1, REPAIRED", "notes");
    }

    /** A misspelt name must not be taken for a scope in which all is well. */
    @Test
    void refusesToListGapsOfAScopeThatIsNotThere() {
        Commands commands = Commands.in(folder);
        commands.run("gaps", "list", "--data", "@data", "--scope", "ann").fine();
        commands.run("gaps", "list", "--data", "@data", "--scope", "Ann").refused(4, "has no scope 'Ann'");
    }

    @Test
    void aRowDeletedFromTheStoreComesBack() throws SQLException {
        sql("phone.db", "DELETE FROM entries WHERE id = 'e2'");
        phone.run("verify", "--repair").fine();
        assertThat(phone.views("e2")).isEqualTo(7);
        assertThat(gapsHere())
                .contains("\"kind\":\"ROW_MISSING\",\"state\":\"REPAIRED\"", "deleted behind the store's back");
        phone.proven();
    }

    @Test
    void aChangedCounterIsShownAgainWithoutTheServer() throws SQLException {
        sql("phone.db", "UPDATE entries SET views = 70 WHERE id = 'e2'");
        assertThat(phone.views("e2")).isEqualTo(70);
        phone.run("verify", "--repair").fine();
        assertThat(phone.views("e2")).isEqualTo(7);
        assertThat(gapsHere()).contains("\"state\":\"REPAIRED\"", "written again from what stands beside it");
    }

    @Test
    void aRowThatAnotherProgramInsertedIsFoundAndItsValuesKept() throws SQLException {
        sql("phone.db", "INSERT INTO entries (id, notes) VALUES ('e9', 'by hand')");
        assertThat(phone.list()).contains("by hand");
        phone.run("verify").refused(1, "1 record is not what it should be");
        phone.run("verify", "--repair").fine();
        assertThat(phone.list()).doesNotContain("by hand");
        assertThat(gapsHere()).contains("\"kind\":\"ROW_UNKNOWN\",\"state\":\"REPAIRED\"", "\"notes\":\"by hand\"");
        phone.proven();
    }

    @Test
    void aStaleDigestOfTheStoreIsToldFromADamagedRow() throws SQLException {
        sql("phone.db", "UPDATE _hf_head SET digest = randomblob(32) WHERE id = 'e3'");
        phone.run("verify").refused(1, "1 record is not what it should be");
        phone.run("verify", "--repair").fine();
        assertThat(gapsHere())
                .contains("\"kind\":\"DIGEST_STALE\",\"state\":\"REPAIRED\"", "computed anew from the row");
        phone.proven();
    }

    @Test
    void aHeadThatCannotBeReadAnyMoreComesBackFromTheServer() throws SQLException {
        sql("phone.db", "UPDATE _hf_head SET meta = x'00ff' WHERE id = 'e2'");
        phone.run("verify", "--repair").fine();
        assertThat(phone.views("e2")).isEqualTo(7);
        phone.proven();
    }

    @Test
    void aMissedUpdateIsLocatedByTheNextExchangeAndFetched() throws SQLException, IOException {
        Files.copy(phone.file(), folder.resolve("before.db"));
        Device.of(folder, "laptop")
                .init(server, token)
                .sync()
                .put("{\"id\":\"e3\",\"notes\":\"newer\"}")
                .sync();
        phone.sync();
        // As if the update had never come, though the cursor has passed it.
        sql(
                "phone.db",
                "ATTACH '" + folder.resolve("before.db") + "' AS old",
                "DELETE FROM main.entries WHERE id = 'e3'",
                "INSERT INTO main.entries SELECT * FROM old.entries WHERE id = 'e3'",
                "DELETE FROM main._hf_head WHERE id = 'e3'",
                "INSERT INTO main._hf_head SELECT * FROM old._hf_head WHERE id = 'e3'",
                "UPDATE main._hf_account SET root = (SELECT root FROM old._hf_account)");
        assertThat(phone.list()).doesNotContain("newer");

        assertThat(phone.run("sync").fine().out()).contains("1 differing records were found and repaired");
        assertThat(phone.list()).contains("newer");
        assertThat(gapsHere())
                .contains(
                        "\"kind\":\"DIFFERING\",\"state\":\"REPAIRED\"", "\"foundBy\":\"L0\"", "An update was missed");
        phone.proven();
    }

    @Test
    void rowsChangedAndDeletedOnTheServerAreWrittenAgainFromADevice() throws SQLException {
        sql(
                "data/server.db",
                "UPDATE entries SET notes = 'zzz' WHERE id = 'e1'",
                "DELETE FROM entries WHERE id = 'e3'");
        phone.sync();
        phone.run("verify", "--deep").refused(1, "2 records are not what they should be");
        phone.proven();
        assertThat(phone.list()).contains("Quite Unmistakable").doesNotContain("zzz");
        assertThat(gapsHere())
                .contains("\"record\":\"e1\"", "\"record\":\"e3\"", "\"notes\":\"zzz\"")
                .contains("The server's row was changed behind its back")
                .doesNotContain("\"state\":\"OPEN\"");

        Device laptop = Device.of(folder, "laptop").init(server, token).sync();
        assertThat(laptop.list()).isEqualTo(phone.list());
        laptop.proven();
    }

    @Test
    void aWrongRootOfTheServerIsMendedByTheFirstThatNoticesIt() throws SQLException {
        sql("data/server.db", "UPDATE hf_scope SET root = zeroblob(40)");
        phone.sync();
        assertThat(gapsThere()).contains("\"kind\":\"ROOT_WRONG\",\"state\":\"REPAIRED\"");
        phone.proven();
    }

    @Test
    void aWrongRootOfTheStoreIsMended() throws SQLException {
        sql("phone.db", "UPDATE _hf_account SET root = zeroblob(40)");
        phone.run("verify", "--repair").fine();
        assertThat(gapsHere()).contains("\"kind\":\"ROOT_WRONG\",\"state\":\"REPAIRED\"");
        phone.proven();
    }
}
