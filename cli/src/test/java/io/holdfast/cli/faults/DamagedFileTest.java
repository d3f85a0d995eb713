package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.testkit.random.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store's file that was damaged behind its back, wherever that may be: commands refuse it in one sentence, or what they show
 * is right, or {@code holdfast verify} finds what is not. SQLite keeps no checksums, so a single read cannot know that a value was
 * changed on the disk; the scrub does.
 */
@Tag("faults")
class DamagedFileTest {

    private static final int RECORDS = 400;
    private static final int SHORT = 28;
    private static final int LONG = 1_400;
    private static final String HURT = "@hurt.db";

    @TempDir
    private static Path folder;

    private static Commands commands;
    private static RealServer server;
    private static byte[] whole;
    private static List<String> truth;

    @BeforeAll
    static void writeAStore() throws IOException {
        Journal.in(folder);
        commands = Commands.in(folder);
        server = RealServer.embedded(folder);
        commands.pipe(
                        server.token("device"),
                        "device",
                        "init",
                        "--store",
                        "@whole.db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server.address(),
                        "--token",
                        "-")
                .fine();
        String lines = IntStream.range(0, RECORDS)
                .mapToObj(i -> Journal.entry("e" + i, "notes", "\"" + ("words " + i + " ").repeat(i % 40) + "\""))
                .collect(Collectors.joining("\n"));
        commands.pipe(lines, "put", "--store", "@whole.db", "entries").fine();
        commands.run("sync", "--store", "@whole.db").fine();
        whole = Files.readAllBytes(folder.resolve("whole.db"));
        truth = list("@whole.db").fine().lines();
        assertThat(truth).hasSize(RECORDS);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void isRefusedOrFoundByVerifyAndNeverShownAsRight() throws IOException {
        damage(SHORT);
    }

    @Test
    @Tag("long")
    void isRefusedOrFoundByVerifyAndNeverShownAsRightWhereverItIs() throws IOException {
        damage(LONG);
    }

    private static void damage(int cases) throws IOException {
        SeededRandom random = Seed.fresh("damaged files");
        List<FileDamage> ways = List.of(FileDamage.values());
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < cases; i++) {
            FileDamage damage = ways.get(i % ways.size());
            long seed = random.nextLong();
            byte[] hurt = damage.of(whole, new SeededRandom(seed));
            try {
                outcomes.merge(damage + " " + outcome(hurt), 1, Integer::sum);
            } catch (AssertionError e) {
                throw new AssertionError(damage + " by seed " + seed, e);
            }
        }
        System.out.println("faults: damaged files: " + outcomes);
    }

    private static String outcome(byte[] hurt) throws IOException {
        for (String more : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("hurt.db" + more));
        }
        Files.write(folder.resolve("hurt.db"), hurt);
        List<Invocation> said = new ArrayList<>();
        said.add(asked(commands.run("status", "--store", HURT)));
        Invocation list = asked(list(HURT));
        said.add(list);
        said.add(asked(commands.run("get", "--store", HURT, "entries", "e17")));
        boolean shownRight = list.exitCode() == 0 && list.lines().equals(truth);
        Invocation verify = asked(commands.run("verify", "--store", HURT, "--deep"));
        if (list.exitCode() == 0 && !shownRight) {
            assertThat(verify.exitCode())
                    .as("verify, while records are shown wrong: " + verify)
                    .isEqualTo(1);
        }
        if (verify.exitCode() != 0
                && asked(commands.run("verify", "--store", HURT, "--repair")).exitCode() == 0) {
            commands.run("verify", "--store", HURT, "--deep").fine();
            assertThat(list(HURT).fine().lines()).as("after the repair").isEqualTo(truth);
            return "repaired";
        }
        if (said.stream().allMatch(one -> one.exitCode() == 0) && verify.exitCode() == 0) {
            return "harmless";
        }
        return list.exitCode() == 0 ? "found" : "refused";
    }

    private static Invocation asked(Invocation answered) {
        // The page that says which server it belongs to may be gone without SQLite's noticing.
        boolean forgotten = answered.exitCode() == 2 && answered.err().contains("The store knows no ");
        assertThat(forgotten || answered.exitCode() <= 1)
                .as(answered.toString())
                .isTrue();
        assertThat(answered.out() + answered.err()).doesNotContain("Exception", "defect", "\tat ");
        if (answered.exitCode() == 1) {
            assertThat(answered.err()).as(answered.toString()).isNotEmpty();
        }
        return answered;
    }

    private static Invocation list(String store) {
        return commands.run("list", "--store", store, "entries", "--limit", "100000", "--json");
    }
}
