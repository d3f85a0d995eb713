package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server refuses: exit code 4 and one clear sentence; the device keeps everything and goes on writing. */
class ServerRefusalTest {

    @TempDir
    private static Path folder;

    private static Commands commands;
    private static ServerProcess server;
    private static String token;

    @BeforeAll
    static void startServer() {
        Journal.in(folder);
        commands = Commands.in(folder);
        server = ServerProcess.start(folder);
        token = server.token("device", "ann");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void refusesAWrongToken() {
        String last = token.endsWith("A") ? "Q" : "A";
        refusedWith("wrong", token.substring(0, token.length() - 1) + last, "The token is wrong, expired or revoked");
        refusedWith("garbage", "hf_nonsense", "The token is wrong, expired or revoked");
    }

    @Test
    void refusesAnExpiredToken() {
        Commands twoDaysAgo = commands.shifted(Duration.ofDays(-2));
        refusedWith(
                "late",
                ServerProcess.token(twoDaysAgo, "device", "ann", "--expires", "1d"),
                "The token is wrong, expired or revoked");
    }

    @Test
    void refusesARevokedToken() {
        String revoked = server.token("device", "ann");
        commands.run("token", "revoke", revoked.substring(3, 19), "--data", "@data")
                .fine();
        refusedWith("revoked", revoked, "The token is wrong, expired or revoked");
        commands.run("token", "revoke", "0000000000000000", "--data", "@data").refused(1, "There is no token");
        assertThat(commands.run("token", "list", "--data", "@data").fine().out())
                .contains("revoked");
    }

    @Test
    void refusesTheTokenOfAnotherScope() {
        refusedWith("foreign", server.token("device", "bob"), "There is no such scope for this token");
    }

    @Test
    void refusesATokenThatMayOnlyRead() {
        refusedWith("viewer", server.token("viewer", "ann"), "role");
    }

    @Test
    void goesOnWithTheRightTokenOfTheEnvironment() {
        init("recovers", "journal.json", "hf_nonsense").fine();
        put("recovers", "r1");
        commands.run("sync", "--store", "@recovers.db").refused(4, "The token is wrong");
        commands.with(Map.of("HOLDFAST_TOKEN", token))
                .run("sync", "--store", "@recovers.db")
                .fine();
    }

    @Test
    void refusesASchemaOfAnotherShape() throws IOException {
        Files.writeString(
                folder.resolve("other.json"),
                Journal.SCHEMA.replace("\"potency\": {\"type\": \"INTEGER\"", "\"potency\": {\"type\": \"REAL\""));
        refusedUnder("other.json", "shape", "schema");
    }

    @Test
    void refusesASchemaThatIsNewerThanItsOwn() throws IOException {
        Files.writeString(
                folder.resolve("newer.json"),
                Journal.SCHEMA
                        .replace("\"version\": 1", "\"version\": 2")
                        .replace("\"done\":", "\"place\": {\"type\": \"TEXT\"}, \"done\":"));
        refusedUnder("newer.json", "newer", "schema");
    }

    @Test
    void takesTheChangesOfADeviceWhoseClockIsADayAheadInItsOwnTime() {
        Commands ahead = commands.shifted(Duration.ofDays(1));
        init("ahead", "journal.json", token).fine();
        ahead.pipe(Journal.entry("c1", "notes", "\"ahead\""), "put", "--store", "@ahead.db", "entries")
                .fine();
        ahead.run("sync", "--store", "@ahead.db").fine();

        init("right", "journal.json", token).fine();
        commands.run("sync", "--store", "@right.db").fine();
        commands.pipe("{\"id\":\"c1\",\"notes\":\"later\"}", "put", "--store", "@right.db", "entries")
                .fine();
        commands.run("sync", "--store", "@right.db").fine();
        ahead.run("sync", "--store", "@ahead.db").fine();
        assertThat(ahead.run("get", "--store", "@ahead.db", "entries", "c1", "--json")
                        .fine()
                        .out())
                .as("what was written later stands, although the other clock said that it was earlier")
                .contains("\"notes\":\"later\"");
    }

    @Test
    void saysThatThePortIsInUse() {
        commands.run("serve", "--data", "@data2", "--schema", "@journal.json", "--port", server.port())
                .refused(1, "Another program listens on port " + server.port());
        commands.run("demo", "--headless", "--port", server.port())
                .refused(1, "Another program listens on port " + server.port());
    }

    @Test
    void saysThatSomethingElseAnswers() {
        init("elsewhere", "journal.json", token).fine();
        commands.run(
                        "device",
                        "init",
                        "--store",
                        "@elsewhere.db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server.address() + "/not/holdfast",
                        "--token",
                        token)
                .fine();
        commands.run("sync", "--store", "@elsewhere.db").refused(4, "There is nothing at this address");
    }

    private static void refusedUnder(String schema, String device, String words) {
        init(device, schema, token).fine();
        refused(device, words);
    }

    private static void refusedWith(String device, String wrongToken, String words) {
        init(device, "journal.json", wrongToken).fine();
        refused(device, words);
    }

    private static void refused(String device, String words) {
        put(device, "e-" + device);
        commands.run("sync", "--store", "@" + device + ".db").refused(4, words);
        commands.run("verify", "--store", "@" + device + ".db").refused(4, words);
        assertThat(commands.run("status", "--store", "@" + device + ".db", "--json")
                        .fine()
                        .out())
                .as("nothing was lost, nothing was quarantined, and writing goes on")
                .contains("\"records\":1,\"pending\":1,\"inFlight\":0,\"quarantined\":0,");
        put(device, "e2-" + device);
    }

    private static void put(String device, String id) {
        commands.pipe(Journal.entry(id), "put", "--store", "@" + device + ".db", "entries")
                .fine();
    }

    private static Invocation init(String device, String schema, String deviceToken) {
        List<String> args = new ArrayList<>(List.of("device", "init", "--store", "@" + device + ".db"));
        args.addAll(List.of("--schema", "@" + schema, "--scope", "ann", "--server", server.address(), "--token", "-"));
        return commands.pipe(deviceToken, args.toArray(String[]::new));
    }
}
