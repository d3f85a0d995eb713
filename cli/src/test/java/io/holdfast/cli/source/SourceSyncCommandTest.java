package io.holdfast.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSyncCommandTest {

    private static final String MAPPING = """
            target: sellers
            fields:
              number: {column: No, type: TEXT, format: "S-[0-9]+"}
              name:   {column: Name, type: TEXT, required: true}
            key: [number]
            """;

    @TempDir
    private Path folder;

    private Commands holdfast;

    @BeforeEach
    void write() throws IOException {
        holdfast = Commands.in(folder);
        Files.writeString(folder.resolve("sellers.yaml"), MAPPING);
        sheet("S-1,Ann\nS-2,Bob\n\nS-1,Ann\n");
    }

    private void sheet(String rows) throws IOException {
        Files.writeString(folder.resolve("sellers.csv"), "No,Name\n" + rows);
    }

    private Invocation sync(String... more) {
        return source("sync", more);
    }

    private Invocation source(String command, String... more) {
        String[] fixed = {"source", command, "@sellers.csv", "--mapping", "@sellers.yaml", "--data", "@data"};
        String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return holdfast.run(all);
    }

    @Test
    void endsWithOneJsonObject() {
        Invocation first = sync("--json").fine();
        assertThat(first.lines())
                .singleElement()
                .asString()
                .matches(
                        "\\{\"run\":\"[0-9a-f]{32}\",\"outcome\":\"SUCCEEDED\","
                                + "\"source\":\\{\"rows\":4,\"blank\":1,\"records\":3,\"duplicates\":1},"
                                + "\"target\":\\{\"created\":2,\"updated\":0,\"unchanged\":0,\"deleted\":0},\"failed\":0,\"quarantined\":0,"
                                + "\"verification\":\\{\"equal\":true,\"sourceCount\":2,\"targetCount\":2,\"gaps\":0,\"surplus\":0,"
                                + "\"mismatches\":0},\"phases\":\\{\"fetch\":\\d+,\"compare\":\\d+,\"update\":\\d+,\"verify\":\\d+}}");
        assertThat(sync("--json").fine().out()).contains("\"created\":0,\"updated\":0,\"unchanged\":2");
    }

    /** No token covers such a scope, so that no device could ever fetch what is in it. */
    @Test
    void refusesAScopeThatNoTokenCouldName() {
        for (String name : List.of("", " ", "x".repeat(129), "a\tb")) {
            Invocation refused = sync("--scope", name);
            assertThat(refused.exitCode()).as(name).isEqualTo(2);
            assertThat(refused.err()).contains("A scope's name has 1 to 128 characters");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void tellsPeople() {
        assertThat(sync().fine().out())
                .contains("SUCCEEDED", "4 rows: 3 records (1 of them repeats) and 1 blank")
                .contains("2 created", "equal: 2 in the source, 2 in the target");
    }

    @Test
    void ratesRecordsThatFailAsWrong() throws IOException {
        sheet("S-1,Ann\nS-2,\nX,Eve\n");
        Invocation sync = sync("--json");
        assertThat(sync.exitCode()).isEqualTo(1);
        assertThat(sync.out()).contains("\"outcome\":\"PARTIAL\"", "\"created\":1", "\"failed\":2", "\"equal\":true");
    }

    /** A script must not take a run for done as long as somebody has to decide something, however equal both sides are. */
    @Test
    void endsWithOneAsLongAsAnythingWaitsForAPerson() throws IOException {
        Files.writeString(folder.resolve("sellers.yaml"), MAPPING + "duplicates: quarantine\n");
        sheet("S-1,Ann\nS-1,Bob\n");
        for (Invocation waits : List.of(sync("--dry-run", "--json"), sync("--json"), source("verify", "--json"))) {
            assertThat(waits.exitCode()).isEqualTo(1);
            assertThat(waits.out()).contains("\"outcome\":\"PARTIAL\"", "\"failed\":0,\"quarantined\":1");
        }
        sheet("S-1,Ann\n");
        assertThat(sync("--json").fine().out()).contains("\"outcome\":\"SUCCEEDED\"");

        String references = MAPPING.replace("name:   {", "name:   {references: sellers, ");
        Files.writeString(folder.resolve("sellers.yaml"), references);
        sheet("S-1,S-2\n");
        for (Invocation dangles : List.of(sync("--json"), source("verify", "--json"))) {
            assertThat(dangles.exitCode()).isEqualTo(1);
            assertThat(dangles.out())
                    .contains("\"outcome\":\"PARTIAL\"", "\"failed\":0,\"quarantined\":0", "\"equal\":true");
        }
        sheet("S-1,S-1\n");
        assertThat(sync("--json").fine().out()).contains("\"outcome\":\"SUCCEEDED\"");
    }

    @Test
    void dryRunsWriteNothing() {
        assertThat(sync("--dry-run", "--json").fine().out()).contains("\"created\":2", "\"gaps\":2");
        assertThat(source("verify", "--json").out()).contains("\"targetCount\":0");
    }

    @Test
    void verifiesWithoutWriting() throws IOException {
        sync().fine();
        source("verify").fine();
        sheet("S-1,Anna\nS-3,Cid\n");
        Invocation verify = source("verify", "--json");
        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.out()).contains("\"equal\":false", "\"gaps\":1,\"surplus\":1,\"mismatches\":1");
        assertThat(source("verify", "--json").out()).contains("\"gaps\":1");
    }

    @Test
    void listsAndShowsRuns() {
        String out = sync("--json").fine().out();
        String run = out.substring(8, 40);
        assertThat(holdfast.run("runs", "list", "--data", "@data").fine().out())
                .contains(run, "sellers.csv", "sellers/sellers", "SUCCEEDED", "equal");
        assertThat(holdfast.run("runs", "list", "--data", "@data", "--status", "FAILED", "--json")
                        .fine()
                        .out())
                .isEmpty();
        assertThat(holdfast.run("runs", "show", run, "--data", "@data").fine().out())
                .contains("STARTED", "PHASE_ENDED", "VERIFIED", "ENDED", "2 created", "1 duplicate");
        assertThat(holdfast.run("runs", "show", run, "--data", "@data", "--json")
                        .fine()
                        .out())
                .contains("\"event\":\"VERIFIED\"", "\"created\":2")
                .contains("\"run\":\"" + run + "\",\"syncId\":\"" + run + "\"", "\"summary\":" + out.strip());
        assertThat(holdfast.run("runs", "list", "--data", "@data", "--json")
                        .fine()
                        .lines())
                .singleElement()
                .asString()
                .contains("\"status\":\"SUCCEEDED\"", "\"summary\":" + out.strip());
        holdfast.run("runs", "show", "0".repeat(32), "--data", "@data").refused(4, "There is no run");
        holdfast.run("runs", "cancel", run, "--data", "@data").refused(4, "No process works on a run");
        holdfast.run("runs", "show", "x", "--data", "@data").refused(2, "is no id of a run");
    }

    @Test
    void refusesAMappingThatDoesNotFit() throws IOException {
        Files.writeString(folder.resolve("sellers.yaml"), MAPPING.replace("column: Name", "column: Nom"));
        Invocation sync = sync();
        sync.refused(1, "Nom");
        assertThat(holdfast.run("runs", "list", "--data", "@data").fine().out()).contains("FAILED");
    }

    @Test
    void refusesFilesThatAreNotThere() {
        holdfast.run("source", "sync", "@no.csv", "--mapping", "@sellers.yaml", "--data", "@data")
                .refused(2, "does not exist");
        holdfast.run("source", "sync", "@sellers.csv", "--mapping", "@no.yaml", "--data", "@data")
                .refused(2, "does not exist");
        holdfast.run("source", "sync", "@sellers.csv", "--mapping", "@sellers.yaml")
                .refused(2, "--data DIR");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
