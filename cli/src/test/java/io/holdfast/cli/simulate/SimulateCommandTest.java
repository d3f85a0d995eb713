package io.holdfast.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.simulation.world.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulateCommandTest {

    private static final String SMALL = "{\"devices\":2,\"records\":5,\"steps\":40}";
    private static final String SCHEMA = """
            {"name": "shop", "version": 3, "collections": {
              "orders": {"fields": {
                "number": {"type": "TEXT", "required": true, "pattern": "N[0-9]{6}"},
                "pieces": {"type": "INTEGER", "min": 1, "max": 3},
                "state": {"type": "TEXT", "oneOf": ["open", "paid"]}}},
              "rates": {"fields": {"rate": {"type": "DECIMAL(10,4)", "min": 0}}}}}
            """;

    @TempDir
    private Path folder;

    private Invocation run(String world, String... more) throws IOException {
        Files.writeString(folder.resolve("world.json"), world);
        Files.writeString(folder.resolve("shop.json"), SCHEMA);
        String[] args = new String[more.length + 3];
        args[0] = "simulate";
        args[1] = "--world";
        args[2] = "@world.json";
        System.arraycopy(more, 0, args, 3, more.length);
        return Commands.in(folder).run(args);
    }

    @Test
    void saysHowManyWorldsEndedClean() throws IOException {
        Invocation run = run(SMALL, "--seeds", "1..20", "--threads", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("20 of 20 worlds of 2 devices, 5 records and 40 steps: 20 clean, in ")
                .containsPattern("CRASH +\\d+ +\\d+ +\\d+ +\\d+ processes killed")
                .contains(" s on 2 threads.")
                .containsPattern(
                        "The 20 worlds in memory: [0-9,]+ worlds and [0-9,]+ events per second of one processor");
    }

    @Test
    void makesWorldsAsLongAsItIsTold() throws IOException {
        Invocation run = run(SMALL, "--seeds", "41..52", "--events", "60");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("12 of 12 worlds of 2 devices, 5 records and 60 events: 12 clean")
                .contains("The 11 worlds in memory: ", "The 1 world on SQLite files: ");
        assertThat(run("{\"events\":60}", "--seeds", "1").out()).contains("40 records and 60 events");
    }

    @Test
    void showsTheShortestWayToAFindingAndHowToGoItAgain() throws IOException {
        Invocation run = run(SMALL, "--seeds", "1..50", "--defect", "FORGET_ACCOUNT", "--shrink", "300");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("Conservation: ")
                .containsPattern("ms  device \\d writes")
                .containsPattern(
                        "The same again: holdfast simulate --seeds \\d+ --world .*world.json --defect FORGET_ACCOUNT");
    }

    @Test
    void findsTheSameAgainByItsSeed() throws IOException {
        String first = run(SMALL, "--seeds", "1..50", "--defect", "FORGET_ACCOUNT", "--json")
                .out();
        String seed = first.replaceAll("(?s).*\"finding\":\\{\"seed\":(\\d+).*", "$1");
        String again = run(SMALL, "--seeds", seed, "--defect", "FORGET_ACCOUNT", "--json")
                .out();

        assertThat(finding(again)).isEqualTo(finding(first));
    }

    private static String finding(String json) {
        return json.substring(json.indexOf("\"finding\""));
    }

    @Test
    void runsTheSchemaAndTheRulesOfAUser() throws IOException {
        String world = """
                {"schema": "shop.json", "devices": 2, "records": 6, "steps": 120,
                 "rules": [{"rule": "READ_ONLY", "collection": "rates"}, {"rule": "NO_DELETE", "collection": "orders"}],
                 "samples": {"orders.number": ["N000001", "N000002"]},
                 "faults": {"LOSS": 20, "SCHEMA_UPGRADE": 20}}
                """;
        Invocation run = run(world, "--seeds", "1..20", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("\"clean\":20", "\"fault\":\"SCHEMA_UPGRADE\"")
                .contains("\"inMemory\":{\"worlds\":20,", "\"worldsPerSecond\":");
    }

    @Test
    void theExampleRuns() {
        Path example = Path.of("..", "examples", "journal-world.json");
        Invocation run = Commands.in(folder).run("simulate", "--world", example.toString(), "--seeds", "1..3");

        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentNamesEveryFault(Fault fault) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "simulation.md")))
                .containsPattern("\\| `" + fault + "` \\| .* \\| " + fault.weight() + " \\|");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"devices":0}                                                    | devices: a whole number from 1 to 20 is expected
            {"steps":9,"events":9}                                           | leave one of them out
            {"devics":2}                                                     | "devics" means nothing here
            {"faults":{"RAIN":1}}                                            | there is no fault RAIN
            {"faults":["LOSS"]}                                              | faults: an object is expected, not an array
            {"schema":"none.json"}                                           | does not exist
            {"schema":"shop.json"}                                           | no text is known that fits the pattern of orders.number
            {"schema":"shop.json","upgrade":"shop.json","samples":{"orders.number":["N000001"]}} | the upgrade is no later version of the schema shop
            {"schema":"shop.json","samples":{"orders.no":["1"]}}             | the schema has no field orders.no
            {"schema":"shop.json","rules":[{"rule":"NO","collection":"a"}]}  | there is no rule NO
            {"schema":"world.json"}                                          | cannot be run
            {"devices"                                                       | it stops being JSON at line 1
            """)
    void refusesAWorldThatCannotBe(String world, String why) throws IOException {
        Invocation run = run(world);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(why).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--seeds,9..3", "--seeds,-1", "--seeds,all", "--threads,0", "--shrink,-1", "--events,0", "--defect,RAIN"
    })
    void refusesOptionsThatCannotBe(String option, String value) throws IOException {
        Invocation run = run(SMALL, option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(option).hasLineCount(1);
    }
}
