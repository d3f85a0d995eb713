package io.holdfast.cli.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import io.holdfast.cli.system.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server with the application, two users who claim too much, and people who decide: by its database and over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EarningsOfficeTest {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private ServerProcess server;
    private Commands commands;
    private String operator;

    @BeforeAll
    void serve() {
        Journal.in(folder);
        server = ServerProcess.start(folder, "--app", "earnings");
        commands = Commands.in(folder);
        operator = server.token("operator", "*", "--principal", "olga");
        for (String user : List.of("ann", "bob")) {
            String token = server.token("device", user);
            String store = "@" + user + ".db";
            commands.run(
                            "earnings",
                            "init",
                            "--store",
                            store,
                            "--user",
                            user,
                            "--server",
                            server.address(),
                            "--token",
                            token)
                    .fine();
            commands.run("earnings", "start", "--store", store, "--user", user).fine();
            commands.run("earnings", "sync", "--store", store, "--user", user).fine();
            Instant now = Host.real().clock().instant().truncatedTo(ChronoUnit.SECONDS);
            commands.pipe(
                            "{\"id\":\"=1+2\",\"user_id\":\"" + user + "\",\"device\":\"x\",\"started_at\":\""
                                    + now.minusSeconds(3_600) + "\",\"last_update\":\"" + now
                                    + "\",\"timed_by\":\"server\",\"rate\":\"900\",\"earned\":\"900\",\"calculations\":1,"
                                    + "\"clock\":{\"basis\":\"CONFIRMED\",\"sleep\":true,\"source\":\"x\",\"tick\":0,\"time\":0,\"wall\":0}}",
                            "put",
                            "--store",
                            store,
                            "mining_sessions")
                    .fine();
            commands.run("earnings", "sync", "--store", store, "--user", user).fine();
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Where people work: beside the database, or through the server. */
    private String[] office(boolean http) {
        return http
                ? new String[] {"--server", server.address(), "--token", operator}
                : new String[] {"--data", "@data"};
    }

    private Invocation office(boolean http, String... command) {
        List<String> all = new ArrayList<>(List.of("earnings"));
        all.addAll(List.of(command));
        all.addAll(List.of(office(http)));
        return commands.run(all.toArray(String[]::new));
    }

    private String review(String user) {
        Invocation list = office(false, "reviews", "list", "--status", "any", "--user", user, "--json")
                .fine();
        assertThat(list.lines()).hasSize(1);
        Matcher id = ID.matcher(list.out());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Test
    void bothWaysShowTheSame() {
        for (String[] command : List.of(
                new String[] {"reviews", "list", "--status", "any", "--user", "ann", "--json"},
                new String[] {"report", "--json"},
                new String[] {"report"},
                new String[] {"report", "--export", "csv"},
                new String[] {"report", "--export", "json", "--user", "bob"},
                new String[] {"report", "--kind", "TIME_AHEAD"})) {
            assertThat(office(true, command).fine().out())
                    .as(String.join(" ", command))
                    .isEqualTo(office(false, command).fine().out())
                    .isNotBlank();
        }
        assertThat(office(true, "report", "--export", "csv").out())
                .contains("\"'=1+2\"")
                .doesNotContain(",\"=1+2\"");
        Matcher id =
                ID.matcher(office(false, "report", "--user", "ann", "--json").out());
        assertThat(id.find()).isTrue();
        assertThat(office(true, "report", id.group(1), "--user", "ann").fine().out())
                .isEqualTo(office(false, "report", id.group(1), "--user", "ann")
                        .fine()
                        .out())
                .contains("ABOVE_RATE", "900.00000000");
    }

    @Test
    void aDecisionReachesTheDevice() {
        String ann = review("ann");
        assertThat(office(true, "reviews", "adjust", ann, "--user", "ann", "--amount", "1.5", "--reason", "half of it")
                        .fine()
                        .out())
                .contains("adjusted by olga", "1.50000000 coins are granted for");
        String shown = commands.run("earnings", "sync", "--store", "@ann.db", "--user", "ann", "--json")
                .fine()
                .out();
        assertThat(shown)
                .contains("\"heldEarnings\":\"0.00000000\"")
                .containsPattern("\"confirmedEarnings\":\"2\\.[0-9]{8}\"");
        office(true, "reviews", "reject", ann, "--user", "ann", "--reason", "twice")
                .refused(4, "adjusted already");
        office(false, "reviews", "reject", ann, "--user", "ann", "--reason", "twice")
                .refused(4, "adjusted already");
        String bob = review("bob");
        assertThat(office(
                                false,
                                "reviews",
                                "reject",
                                bob,
                                "--user",
                                "bob",
                                "--reason",
                                "greed",
                                "--by",
                                "otto",
                                "--json")
                        .fine()
                        .out())
                .contains("\"decided_by\":\"otto\"", "\"granted\":\"0.00000000\"", "\"status\":\"rejected\"");
        assertThat(office(true, "reviews", "list").fine().out()).isEqualTo("No review is open.\n");
    }

    @Test
    void eachMisuseIsAnsweredInOneSentence() {
        office(true, "reviews", "accept", "x", "--user", "ann", "--reason", "r", "--by", "eve")
                .refused(2, "token says");
        office(true, "reviews", "accept", "x", "--user", "ann", "--reason", "r").refused(4, "no review");
        office(false, "reviews", "accept", "x", "--user", "nobody", "--reason", "r")
                .refused(4, "no such scope");
        office(false, "reviews", "adjust", "x", "--user", "ann", "--amount", "-1", "--reason", "r")
                .refused(2, "amount");
        office(false, "reviews", "list", "--status", "maybe").refused(2, "maybe");
        office(false, "report", "x").refused(2, "--user");
        office(false, "report", "--export", "xml").refused(2, "xml");
        office(false, "report", "--kind", "ODD").refused(2, "ODD");
        office(false, "report", "x", "--user", "ann").refused(4, "no");
        commands.run("earnings", "report", "--data", "@data", "--server", server.address())
                .refused(2, "either");
        commands.run("earnings", "report", "--server", server.address()).refused(2, "token");
        commands.run("earnings", "report").refused(2, "--data");
        commands.run("earnings", "report", "--server", "http://127.0.0.1:1", "--token", operator)
                .refused(3, "reached");
        String device = server.token("device", "ann");
        commands.with(Map.of("HOLDFAST_TOKEN", device))
                .run("earnings", "report", "--export", "csv", "--server", server.address())
                .refused(4, "role");
        commands.run("earnings", "kpis").refused(2, "either");
        commands.run("earnings", "kpis", "--store", "@ann.db").refused(2, "--user");
        commands.run("earnings", "kpis", "--server", server.address(), "--token", operator, "--hours", "0")
                .refused(2, "8784");
        commands.run("earnings", "kpis", "--server", server.address(), "--token", device)
                .refused(4, "role");
    }

    @Test
    void aServerAndADeviceSayHowTheyDo() {
        assertThat(commands.run("earnings", "kpis", "--server", server.address(), "--token", operator)
                        .fine()
                        .out())
                .contains("success rate", "100.0 %", "open reviews", " ms");
        assertThat(commands.run("earnings", "kpis", "--server", server.address(), "--token", operator, "--json")
                        .fine()
                        .out())
                .contains("\"troubles\":0", "\"successRate\":1", "\"openReviews\":");
        assertThat(commands.run("earnings", "kpis", "--store", "@bob.db", "--user", "bob")
                        .fine()
                        .out())
                .contains("changes that wait", "the oldest waits for");
        assertThat(commands.run("earnings", "kpis", "--store", "@bob.db", "--user", "bob", "--json")
                        .fine()
                        .out())
                .contains("\"queued\":0", "\"p50Micros\":");
    }

    @Test
    void aServerRefusesWhatIsNoApplicationAndNoPolicy() throws IOException {
        commands.run("serve", "--data", "@other", "--app", "ledger").refused(2, "ledger", "earnings");
        Path config = java.nio.file.Files.writeString(
                folder.resolve("bad.json"),
                "{\"apps\": {\"earnings\": {\"rate\": 1, \"capHours\": 0, \"cap\": 1, \"classes\": {\"gold\": {\"users\": [\"a b\"]}}}}}");
        commands.run("serve", "--data", "@other", "--config", config.toString())
                .refused(2, "rate:", "capHours:", "cap: unknown", "classes.gold.users:");
    }
}
