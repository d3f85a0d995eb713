package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.SmallDisk;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks of 8 MB that fill: a clear sentence, nothing that was acknowledged is lost, and it goes on once there is room. */
@Tag("faults")
class FullDiskTest {

    private static final int OCCUPIED = 6 << 20;
    private static final int OCCUPIED_MORE = 7 << 20;

    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
        commands = Commands.in(folder);
    }

    @Test
    void aDeviceKeepsWhatItAcknowledgedAndGoesOnWhenThereIsRoom() {
        try (SmallDisk disk = SmallDisk.mount(folder);
                RealServer server = RealServer.embedded(folder)) {
            init("@disk/phone.db", server);
            init("@other.db", server);
            disk.occupy(OCCUPIED);
            Invocation put = put("@disk/phone.db", 0, 3_000);
            put.refused(1, "The disk is full; nothing was written. Free some space.");
            assertThat(put.lines()).isNotEmpty();
            assertThat(list("@disk/phone.db")).as("what was acknowledged").hasSameSizeAs(put.lines());
            commands.run("status", "--store", "@disk/phone.db").fine();

            disk.makeRoom();
            int done = put.lines().size();
            put("@disk/phone.db", done, done + 100).fine();
            commands.run("sync", "--store", "@disk/phone.db").fine();
            commands.run("sync", "--store", "@other.db").fine();
            assertThat(list("@other.db")).isEqualTo(list("@disk/phone.db")).hasSize(done + 100);
            commands.run("verify", "--store", "@disk/phone.db", "--deep").fine();
        }
    }

    @Test
    void aDeviceThatCannotTakeInWhatOthersWroteSaysSoAndFetchesItLater() {
        try (SmallDisk disk = SmallDisk.mount(folder);
                RealServer server = RealServer.embedded(folder)) {
            init("@disk/phone.db", server);
            init("@other.db", server);
            put("@disk/phone.db", 0, 10).fine();
            put("@other.db", 10_000, 10_400).fine();
            commands.run("sync", "--store", "@other.db").fine();
            disk.fill();
            commands.run("sync", "--store", "@disk/phone.db").refused(1, "The disk is full: there is no room to open");
            disk.makeRoom();
            disk.occupy(OCCUPIED_MORE);
            commands.run("sync", "--store", "@disk/phone.db").refused(1, "The disk is full");
            assertThat(list("@disk/phone.db")).as("what it had").hasSizeGreaterThanOrEqualTo(10);

            disk.makeRoom();
            commands.run("sync", "--store", "@disk/phone.db").fine();
            commands.run("sync", "--store", "@other.db").fine();
            assertThat(list("@disk/phone.db")).isEqualTo(list("@other.db")).hasSize(410);
            commands.run("verify", "--store", "@disk/phone.db", "--deep").fine();
        }
    }

    @Test
    void aServerRefusesWhatItCannotKeepAndTakesItWhenThereIsRoom() {
        try (SmallDisk disk = SmallDisk.mount(folder);
                RealServer server = RealServer.at(folder, List.of("--data", "@disk/data"))) {
            init("@phone.db", server);
            String viewer = server.token("viewer");
            put("@phone.db", 0, 100).fine();
            commands.run("sync", "--store", "@phone.db").fine();
            disk.occupy(OCCUPIED);
            put("@phone.db", 100, 1_500).fine();
            commands.run("sync", "--store", "@phone.db").refused(1, "is full", "Free some space");
            HttpResponse<String> ready = server.get("/health/ready", "");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(server.records(viewer)).as("what it had taken").hasSizeGreaterThanOrEqualTo(100);

            disk.makeRoom();
            commands.run("sync", "--store", "@phone.db").fine();
            assertThat(server.records(viewer)).hasSize(1_500);
            commands.run("verify", "--store", "@phone.db", "--deep").fine();
            server.stop();
        }
    }

    @Test
    void aServerThatFindsNoRoomToStartSaysSo() {
        try (SmallDisk disk = SmallDisk.mount(folder)) {
            disk.fill();
            commands.run("serve", "--schema", "@journal.json", "--port", "0", "--data", "@disk/data")
                    .refused(1, "full");
            commands.run("device", "init", "--store", "@disk/phone.db", "--schema", "@journal.json", "--scope", "ann")
                    .refused(1, "full");
            assertThat(folder.resolve("disk/phone.db")).doesNotExist();
        }
    }

    private void init(String store, RealServer server) {
        commands.pipe(
                        server.token("device"),
                        "device",
                        "init",
                        "--store",
                        store,
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server.address(),
                        "--token",
                        "-")
                .fine();
    }

    /** Writes entries of two kilobytes each. */
    private Invocation put(String store, int from, int to) {
        String lines = IntStream.range(from, to)
                .mapToObj(i ->
                        Journal.entry("e" + i, "notes", "\"" + ("" + i).repeat(2_000 / ("" + i).length()) + "\""))
                .collect(Collectors.joining("\n"));
        return commands.pipe(lines, "put", "--store", store, "entries");
    }

    private List<String> list(String store) {
        return commands.run("list", "--store", store, "entries", "--limit", "100000", "--json")
                .fine()
                .lines();
    }
}
