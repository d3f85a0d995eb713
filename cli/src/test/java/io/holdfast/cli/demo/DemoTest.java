package io.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.schema.CollectionSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\":\"([0-9a-f]{32})\"");

    @TempDir
    private Path folder;

    @Test
    void endsWithNothingUnaccountedFor() {
        Invocation demo = ChildProcess.run(folder, "", "demo", "--headless", "--json", "--data", "@demo")
                .fine();

        assertThat(demo.out())
                .startsWith("{\"accounted\":true,\"problems\":[],")
                .contains("\"events\":2376,\"inFlightAfterCut\":800,\"server\":{\"records\":2376,")
                .contains("\"account\":{\"made\":812,\"PENDING\":0,\"COALESCED\":12,\"IN_FLIGHT\":0,\"ACCEPTED\":800,"
                        + "\"SUPERSEDED\":0,\"QUARANTINED\":0,\"DISCARDED\":0}")
                .contains("\"account\":{\"made\":813,\"PENDING\":0,\"COALESCED\":12,\"IN_FLIGHT\":0,\"ACCEPTED\":800,"
                        + "\"SUPERSEDED\":0,\"QUARANTINED\":1,\"DISCARDED\":0}");
        // Ann mines for 2 + 5 + 1 hours on two devices, Bob for 2 + 5, at 0.12345678 an hour.
        assertThat(demo.out())
                .contains("\"earnings\":[{\"user\":\"ann\",\"expected\":\"0.98765424\",\"server\":\"0.98765424\","
                        + "\"devices\":{\"phone\":\"0.98765424\",\"tablet\":\"0.98765424\"}},"
                        + "{\"user\":\"bob\",\"expected\":\"0.86419746\",\"server\":\"0.86419746\","
                        + "\"devices\":{\"phone\":\"0.86419746\"}}]")
                .contains("\"sheet\":{\"rows\":300,\"created\":299,\"writtenAgain\":0,\"damaged\":5,\"found\":5,"
                        + "\"repaired\":5,\"equal\":true}");
        Set<String> fingerprints = new HashSet<>();
        Matcher matcher = FINGERPRINT.matcher(demo.out());
        int replicas = 0;
        while (matcher.find()) {
            fingerprints.add(matcher.group(1));
            replicas++;
        }
        assertThat(replicas).isEqualTo(4);
        assertThat(fingerprints).hasSize(1);
        lookAround();
    }

    /** What the demonstration leaves behind can be looked at with the other commands. */
    private void lookAround() {
        Commands commands = Commands.in(folder);
        assertThat(commands.run("status", "--store", "@demo/tablet.db", "--json")
                        .fine()
                        .out())
                .contains("\"records\":2377,\"pending\":0,\"inFlight\":0,\"quarantined\":1,");
        assertThat(commands.run("quarantine", "list", "--store", "@demo/tablet.db", "--json")
                        .fine()
                        .out())
                .contains("\"id\":\"events/" + Demo.REFUSED_ID + "\"");
        assertThat(commands.run("list", "--store", "@demo/phone.db", "events", "--where", "views = 6", "--json")
                        .fine()
                        .lines())
                .as("each of the shared events was seen 1 + 2 + 3 times, and has the tags of all")
                .hasSize(Demo.SHARED_EVENTS)
                .allMatch(line -> line.contains("\"rating\":1") && line.contains("[\"laptop\",\"phone\",\"tablet\"]"));
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("letter.txt"), "Dear Ann");
        Commands.in(folder)
                .run("demo", "--headless", "--data", "@mine")
                .refused(2, "is not empty; name an empty or a new one");
    }

    @Test
    void importsEventsThatTheSchemaAccepts() {
        CollectionSchema schema = DemoEvents.schema().collectionOrUnknown(DemoEvents.COLLECTION);
        DocumentReader reader = new DocumentReader(schema);
        List<DemoEvents.Event> events = DemoEvents.all();
        assertThat(events).hasSize(2376).doesNotHaveDuplicates();
        assertThat(events)
                .allSatisfy(event -> assertThat(reader.read(event.line())).isInstanceOf(Document.class));
    }

    @Test
    void saysWhatIsUnaccountedFor() {
        ReplicaView server = new ReplicaView("server", 5, 7, "00");
        BigDecimal digit = new BigDecimal("0.00000001");
        EarningsOutcome less =
                new EarningsOutcome("ann", digit, digit, new TreeMap<>(Map.of("phone", digit.add(digit))));
        SheetOutcome sheet = new SheetOutcome(300, 299, 1, 5, 4, 3, false);
        assertThat(new DemoOutcome(6, server, List.of(), false, 0, List.of(less), Optional.of(sheet)).problems())
                .containsExactly(
                        "the server holds 5 records instead of 6",
                        "the killed device lost records that it had promised",
                        "nothing was in flight when the connection was cut",
                        "0 changes are in quarantine instead of 1",
                        "the balances of ann are not all 0.00000001: the server has 0.00000001, the devices:"
                                + " phone 0.00000002",
                        "the spreadsheet and its table are not proven equal",
                        "a second run over the same spreadsheet wrote 1 records",
                        "of 5 rows that were damaged 4 were found and 3 repaired");
    }
}
