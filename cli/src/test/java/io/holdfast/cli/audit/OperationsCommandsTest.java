package io.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of operators, over what a real run left behind. */
class OperationsCommandsTest {

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
    void run() throws IOException {
        holdfast = Commands.in(folder);
        Files.writeString(folder.resolve("sellers.yaml"), MAPPING);
        Files.writeString(folder.resolve("sellers.csv"), "No,Name\nS-1,Ann\nS-2,\n");
        holdfast.run("source", "sync", "@sellers.csv", "--mapping", "@sellers.yaml", "--data", "@data");
    }

    private Invocation data(String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--data";
        all[args.length + 1] = "@data";
        return holdfast.run(all);
    }

    @Test
    void looksUpWhatCameOfARecord() {
        assertThat(data("audit", "query", "--key", "S-1", "--json").fine().lines())
                .singleElement()
                .asString()
                .contains("\"fate\":\"CREATED\"");
        assertThat(data("audit", "query", "--status", "FAILED").fine().out()).contains("FAILED", "FIELD_REQUIRED");
        assertThat(data("audit", "query", "--until", "2001-01-01", "--json")
                        .fine()
                        .lines())
                .isEmpty();
        assertThat(data("audit", "query", "--from", "yesterday").exitCode()).isEqualTo(2);
    }

    @Test
    void printsWhatHappened() {
        assertThat(data("audit", "events").fine().out()).contains("STARTED", "ENDED", "phase FETCH");
        assertThat(data("audit", "events", "--limit", "2", "--json").fine().lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"kind\":\"ENDED\"");
        assertThat(data("audit", "events", "--scope", "nobody", "--json").fine().lines())
                .isEmpty();
        assertThat(data("audit", "events", "--run", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void archivesNothingThatIsYoungAndSearchesTheArchive() {
        assertThat(data("audit", "archive").fine().out()).contains("nothing to archive");
        assertThat(data("audit", "archive", "--older-than", "0").exitCode()).isEqualTo(2);
        assertThat(data("audit", "search", "--key", "S-1", "--json").fine().lines())
                .isEmpty();
        assertThat(data("audit", "search", "--events", "--json").fine().lines()).isEmpty();
        assertThat(data("audit", "search", "--events", "--key", "S-1").exitCode())
                .isEqualTo(2);
    }

    @Test
    void refusesToSearchAnArchiveThatIsNotThere() {
        data("audit", "search", "--archive", "@nowhere").refused(2, "There is no folder");
    }

    @Test
    void listsAlertsAndTakesOneOn() {
        Invocation list = data("alerts", "list", "--json");
        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.lines()).singleElement().asString().contains("\"type\":\"INTEGRITY\"");
        String id = list.out().replaceAll("(?s).*\"id\":\"([0-9a-f]{32})\".*", "$1");
        assertThat(data("alerts", "ack", id, "--note", "told the office", "--by", "ann", "--json")
                        .fine()
                        .out())
                .contains("\"acknowledgedBy\":\"ann\"", "\"note\":\"told the office\"");
        assertThat(data("alerts", "ack", id, "--note", "x").exitCode()).isEqualTo(4);
        assertThat(data("alerts", "list").fine().out()).contains("ACKNOWLEDGED");
    }

    @Test
    void showsChangesAndRestoresSettings() {
        assertThat(data("config", "get", "alerts.gaps").fine().out()).isEqualTo("alerts.gaps=1\n");
        assertThat(data("config", "set", "alerts.gaps=5", "mail.host=mail.example.org", "--note", "why", "--by", "ann")
                        .fine()
                        .out())
                .contains("version 2");
        assertThat(data("config", "get").fine().out()).contains("alerts.gaps=5\n", "mail.host=mail.example.org\n");
        assertThat(data(
                                "config",
                                "set",
                                "sources.0.name=sellers",
                                "sources.0.location=s.csv",
                                "sources.0.mapping=m.yaml",
                                "sources.0.scope=shop")
                        .fine()
                        .out())
                .contains("version 3");
        assertThat(data("config", "get", "sources.0.name", "--json").fine().out())
                .isEqualTo("\"sellers\"\n");
        assertThat(data("config", "history").fine().out()).contains("ann", "why", "defaults");
        data("config", "rollback", "1").fine();
        assertThat(data("config", "get", "alerts.gaps", "--json").fine().out()).isEqualTo("1\n");
    }

    @Test
    void refusesSettingsThatBreakTheirRulesWithAllOfThem() {
        Invocation refused = data("config", "set", "alerts.gaps=-1", "recovery.retryFailedMinutes=soon", "gasp=1");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("alerts.gaps", "recovery.retryFailedMinutes", "gasp");
        assertThat(data("config", "get", "moons").exitCode()).isEqualTo(2);
        assertThat(data("config", "set", "nothing").exitCode()).isEqualTo(2);
        assertThat(data("config", "rollback", "9").exitCode()).isEqualTo(4);
    }
}
