package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through real processes, as a shell goes it. */
class EndToEndTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
    }

    @Test
    void recordsWrittenOfflineOnOneDeviceArriveOnAnotherExactlyOnceAndAreProven() {
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = server.token("device", "ann", "--expires", "90d");
            init("phone", server, token);
            init("laptop", server, token);

            run(
                            Journal.entry("e1", "views", "{\"add\":1}") + "\n" + Journal.entry("e2") + "\n",
                            "put",
                            "--store",
                            "@phone.db",
                            "entries")
                    .fine();
            assertThat(run("", "status", "--store", "@phone.db", "--json")
                            .fine()
                            .out())
                    .matches("\\{\"replica\":\"[^\"]+\",\"scope\":\"ann\",\"records\":2,\"pending\":2,\"inFlight\":0,"
                            + "\"quarantined\":0,\"conflicts\":0,\"cursor\":0,\"server\":\"http://[^\"]+\","
                            + "\"lastProof\":null,\"proofs\":\\{\\},\"openGaps\":0,\"recognised\":null\\}\n");

            assertThat(run("", "sync", "--store", "@phone.db").fine().out())
                    .contains("2 sent, 0 received", "Proven: both sides hold the same 2 records.");
            assertThat(run("", "sync", "--store", "@laptop.db").fine().out()).contains("0 sent, 2 received");
            assertThat(run("", "list", "--store", "@laptop.db", "entries", "--json")
                            .fine()
                            .lines())
                    .containsExactly(
                            "{\"id\":\"e1\",\"account\":\"ann\",\"at\":\"2026-01-02T03:04:05Z\",\"views\":1}",
                            "{\"id\":\"e2\",\"account\":\"ann\",\"at\":\"2026-01-02T03:04:05Z\"}");
            assertThat(run("", "verify", "--store", "@laptop.db", "--deep")
                            .fine()
                            .lines())
                    .hasSize(3)
                    .allMatch(line -> line.matches("L[012] equal, 2 records, .*"));
            assertThat(run("", "status", "--store", "@laptop.db", "--json")
                            .fine()
                            .out())
                    .matches(
                            ".*\"pending\":0,.*\"lastProof\":\\{\"level\":\"L2\",\"equal\":true,\"at\":\"[^\"]+Z\","
                                    + "\"records\":2\\},\"proofs\":\\{\"L0\":\\{\"equal\":true,.*\"ageSeconds\":\\d+,.*\"L1\":.*\"L2\":.*\n");
        }
    }

    @Test
    void aServerThatIsKilledOrStoppedKeepsAllThatItAnsweredFor() {
        String token;
        try (ServerProcess server = ServerProcess.start(folder)) {
            token = server.token("device", "ann");
            init("phone", server, token);
            commands()
                    .pipe(Journal.entry("e1"), "put", "--store", "@phone.db", "entries")
                    .fine();
            commands().run("sync", "--store", "@phone.db").fine();
            server.kill();
        }
        commands().run("sync", "--store", "@phone.db").refused(3, "cannot be reached: nothing listens there");
        try (ServerProcess again = ServerProcess.start(folder)) {
            init("laptop", again, token);
            assertThat(commands().run("sync", "--store", "@laptop.db").fine().out())
                    .contains("0 sent, 1 received");
            Invocation stopped = again.terminate();
            assertThat(stopped.exitCode()).isEqualTo(143);
            assertThat(stopped.err()).contains("server stopped");
        }
    }

    @Test
    void printsEachIdAsSoonAsItIsDurableAndKeepsItWhenKilled() {
        init("phone");
        try (ChildProcess put = ChildProcess.start(folder, "put", "--store", "@phone.db", "entries")) {
            put.writeMore(Journal.entry("e1") + "\n");
            assertThat(put.line()).isEqualTo("e1");
            put.writeMore("{\"id\":\"e2\",\n" + Journal.entry("e3") + "\n" + "{\"id\":\"half");
            assertThat(put.line()).isEqualTo("e3");
            put.kill();
        }
        assertThat(commands()
                        .run("list", "--store", "@phone.db", "entries", "--json")
                        .fine()
                        .lines())
                .hasSize(2);
    }

    @Test
    void followsTheServerWhileWatching() {
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = server.token("device", "ann");
            init("phone", server, token);
            init("laptop", server, token);
            try (ChildProcess watch =
                    ChildProcess.start(folder, "sync", "--store", "@laptop.db", "--watch", "--json")) {
                awaitLine(watch, "\"state\":\"LEVEL\"");
                commands()
                        .pipe(Journal.entry("e1"), "put", "--store", "@phone.db", "entries")
                        .fine();
                commands().run("sync", "--store", "@phone.db").fine();
                awaitLine(watch, "\"records\":1,");
                commands().run("get", "--store", "@laptop.db", "entries", "e1").refused(1, "is open already");
                assertThat(watch.terminate().exitCode()).isEqualTo(143);
            }
            commands().run("get", "--store", "@laptop.db", "entries", "e1").fine();
        }
    }

    @Test
    void aRefusedChangeWaitsInQuarantineUntilAPersonDecides() throws IOException {
        Files.writeString(
                folder.resolve("rules.json"), "{\"entries\": {\"constraints\": {\"potency\": {\"max\": 8}}}}");
        try (ServerProcess server = ServerProcess.start(folder, "--rules", "@rules.json")) {
            init("phone", server, server.token("device", "ann"));
            commands()
                    .pipe(
                            Journal.entry("good") + "\n" + Journal.entry("bad", "potency", "9"),
                            "put",
                            "--store",
                            "@phone.db",
                            "entries")
                    .fine();
            commands().run("sync", "--store", "@phone.db").refused(1, "The server refused 1 change");
            assertThat(commands()
                            .run("quarantine", "list", "--store", "@phone.db", "--json")
                            .fine()
                            .out())
                    .contains("\"id\":\"entries/bad\"", "\"field\":\"potency\"");
            assertThat(commands()
                            .run("quarantine", "list", "--store", "@phone.db")
                            .fine()
                            .out())
                    .contains("entries/bad");

            commands().run("quarantine", "retry", "bad", "--store", "@phone.db").fine();
            commands().run("sync", "--store", "@phone.db").refused(1, "The server refused 1 change");
            commands()
                    .run("quarantine", "discard", "nothing", "--reason", "x", "--store", "@phone.db")
                    .refused(1, "no refused change of nothing");
            commands()
                    .run("quarantine", "discard", "entries/bad", "--reason", " ", "--store", "@phone.db")
                    .refused(2, "The reason has 1 to 1000 characters");
            commands()
                    .run("quarantine", "discard", "entries/bad", "--reason", "typed wrong", "--store", "@phone.db")
                    .fine();
            commands().run("sync", "--store", "@phone.db").fine();
            assertThat(commands()
                            .run("conflicts", "list", "--all", "--json", "--store", "@phone.db")
                            .fine()
                            .out())
                    .contains("discarded by tester: typed wrong");
            assertThat(commands()
                            .run("list", "--store", "@phone.db", "entries", "--json")
                            .fine()
                            .lines())
                    .hasSize(1);
        }
    }

    @Test
    void findsTamperedRowsOnBothSidesAndRepairsItsOwn() throws SQLException {
        try (ServerProcess server = ServerProcess.start(folder)) {
            init("phone", server, server.token("device", "ann"));
            put("phone", Journal.entry("e1") + "\n" + Journal.entry("e2") + "\n" + Journal.entry("e3"));
            sync("phone");
            tamper("phone.db", "e1");
            Invocation found = commands().run("verify", "--store", "@phone.db");
            found.refused(1, "1 record is not what it should be; nothing was changed");
            assertThat(found.lines())
                    .anyMatch(line -> line.startsWith("L1 NOT EQUAL"))
                    .endsWith("damaged here: entries/e1");

            assertThat(commands()
                            .run("verify", "--store", "@phone.db", "--repair", "--deep")
                            .fine()
                            .lines())
                    .startsWith("replaced by the server's record: entries/e1")
                    .hasSize(4);
            assertThat(commands()
                            .run("get", "--store", "@phone.db", "entries", "e1")
                            .fine()
                            .out())
                    .doesNotContain("tampered");

            tamper("data/server.db", "e3");
            commands().run("verify", "--store", "@phone.db").fine();
            Invocation deep = commands().run("verify", "--store", "@phone.db", "--deep", "--json");
            assertThat(deep.exitCode()).isEqualTo(1);
            assertThat(deep.out()).contains("\"differing\":[{\"collection\":\"entries\",\"id\":\"e3\"}]");
        }
    }

    private void tamper(String file, String id) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            boolean server = file.endsWith("server.db");
            connection.setAutoCommit(false);
            if (server) {
                // As damage: otherwise the write would be taken in.
                statement.execute("INSERT INTO hf_own_write (mark) VALUES (1)");
            }
            assertThat(statement.executeUpdate("UPDATE entries SET account = 'tampered' WHERE id = '" + id + "'"))
                    .isEqualTo(1);
            if (server) {
                statement.execute("DELETE FROM hf_own_write");
            }
            connection.commit();
        }
    }

    @Test
    void aConflictIsShownAndDecided() {
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = server.token("device", "ann");
            init("phone", server, token);
            init("laptop", server, token);
            put("phone", Journal.entry("e1", "amount", "\"1\""));
            sync("phone");
            sync("laptop");
            put("phone", "{\"id\":\"e1\",\"amount\":\"2\"}");
            put("laptop", "{\"id\":\"e1\",\"amount\":\"3\"}");
            sync("phone");
            assertThat(sync("laptop").out()).contains("1 change lost to others");

            assertThat(commands()
                            .run("conflicts", "list", "--store", "@laptop.db")
                            .fine()
                            .out())
                    .contains("entries/e1", "CONFLICT", "amount");
            assertThat(commands()
                            .run("conflicts", "show", "1", "--store", "@laptop.db")
                            .fine()
                            .out())
                    .contains("amount   3.00000000  2.00000000");
            commands()
                    .run("conflicts", "resolve", "1", "--keep", "theirs", "--reason", "x", "--store", "@laptop.db")
                    .refused(2, "Keep local, server, or a JSON object");
            commands()
                    .run("conflicts", "resolve", "9", "--keep", "local", "--reason", "x", "--store", "@laptop.db")
                    .refused(1, "There is no conflict 9");
            commands()
                    .run(
                            "conflicts",
                            "resolve",
                            "1",
                            "--keep",
                            "{\"amount\": \"0.000000001\"}",
                            "--reason",
                            "x",
                            "--store",
                            "@laptop.db")
                    .refused(1, "at most 8 digits after the point");
            commands()
                    .run("conflicts", "resolve", "1", "--keep", "local", "--reason", "mine", "--store", "@laptop.db")
                    .fine();
            commands()
                    .run("conflicts", "resolve", "1", "--keep", "local", "--reason", "mine", "--store", "@laptop.db")
                    .refused(2, "decided already: kept local by tester: mine");
            sync("laptop");
            sync("phone");
            assertThat(commands()
                            .run("get", "--store", "@phone.db", "entries", "e1", "--json")
                            .fine()
                            .out())
                    .contains("\"amount\":\"3.00000000\"");
        }
    }

    @Test
    void answersItsHealthAndSignsTheAdministratorInOnce() throws Exception {
        try (ChildProcess serve = ChildProcess.start(
                        folder, "serve", "--data", "@data", "--schema", "@journal.json", "--port", "0");
                HttpClient http = HttpClient.newHttpClient()) {
            String address = serve.line().replaceFirst("Holdfast listens on (\\S+) .*", "$1");
            String link = serve.line().replaceFirst(".*: ", "");
            assertThat(status(http, address + "health/ready")).isEqualTo(200);
            assertThat(status(http, link)).isEqualTo(303);
            assertThat(status(http, link)).as("the page that says so").isEqualTo(303);
        }
    }

    @Test
    void keepsTheStoreAndItsTokenFromOthers() throws IOException {
        init("phone");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("phone.db"))))
                .isEqualTo("rw-------");
    }

    private static int status(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void awaitLine(ChildProcess process, String part) {
        String line = process.line();
        while (!line.contains(part)) {
            line = process.line();
        }
    }

    private Commands commands() {
        return Commands.in(folder);
    }

    private Invocation run(String input, String... args) {
        return ChildProcess.run(folder, input, args);
    }

    private void init(String device) {
        commands()
                .run("device", "init", "--store", "@" + device + ".db", "--schema", "@journal.json", "--scope", "ann")
                .fine();
    }

    private void init(String device, ServerProcess server, String token) {
        List<String> args = List.of(
                "device",
                "init",
                "--store",
                "@" + device + ".db",
                "--schema",
                "@journal.json",
                "--scope",
                "ann",
                "--server",
                server.address(),
                "--token",
                "-");
        commands().pipe(token + "\n", args.toArray(String[]::new)).fine();
    }

    private void put(String device, String line) {
        commands().pipe(line, "put", "--store", "@" + device + ".db", "entries").fine();
    }

    private Invocation sync(String device) {
        return commands().run("sync", "--store", "@" + device + ".db").fine();
    }
}
