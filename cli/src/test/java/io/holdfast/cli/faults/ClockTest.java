package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks of devices and servers that jump, both ways and far. */
@Tag("faults")
class ClockTest {

    private static final List<Duration> JUMPS = List.of(
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ofDays(3_650),
            Duration.ofDays(-3_650),
            Duration.ofSeconds(-1),
            Duration.ofDays(30),
            Duration.ZERO);

    /** Back only within the drift that a stamp may have: what was stamped in a wrong future is refused until that has come. */
    private static final List<Duration> SERVER_JUMPS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(40),
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofDays(1).minusSeconds(40));

    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
        commands = Commands.in(folder);
    }

    @Test
    void aDeviceWhoseClockJumpsKeepsItsOrderAndLosesNothing() {
        try (RealServer server = RealServer.embedded(folder)) {
            init("phone", server);
            init("laptop", server);
            for (int i = 0; i < JUMPS.size(); i++) {
                Commands wrong = commands.shifted(JUMPS.get(i));
                write(wrong, "phone", i);
                wrong.run("sync", "--store", "@phone.db").fine();
                // Written later by a clock that is right, so it stands.
                commands.run("sync", "--store", "@laptop.db").fine();
                write(commands, "laptop", 100 + i);
                commands.run("sync", "--store", "@laptop.db").fine();
                wrong.run("sync", "--store", "@phone.db").fine();
                assertThat(common(wrong, "phone")).contains("\"notes\":\"" + (100 + i) + "\"");
            }
            assertThat(common(commands, "laptop")).contains("\"views\":" + 2 * JUMPS.size());
            check(2 * JUMPS.size() + 1);
        }
    }

    @Test
    void aServerWhoseClockJumpsKeepsTheOrderAndLosesNothing() {
        RealServer server = RealServer.embedded(folder);
        init("phone", server);
        init("laptop", server);
        int written = 0;
        for (Duration jump : SERVER_JUMPS) {
            server.stop();
            server.startAgain(jump);
            server.awaitListening();
            for (String device : List.of("phone", "laptop")) {
                write(commands, device, written++);
                commands.run("sync", "--store", "@" + device + ".db").fine();
            }
        }
        commands.run("sync", "--store", "@phone.db").fine();
        assertThat(common(commands, "phone")).contains("\"views\":" + written, "\"notes\":\"" + (written - 1) + "\"");
        check(written + 1);
        server.close();
    }

    private void check(int records) {
        for (String device : List.of("phone", "laptop")) {
            commands.run("sync", "--store", "@" + device + ".db").fine();
            assertThat(commands.run("status", "--store", "@" + device + ".db", "--json")
                            .fine()
                            .out())
                    .contains("\"records\":" + records + ",\"pending\":0,\"inFlight\":0,\"quarantined\":0");
            commands.run("verify", "--store", "@" + device + ".db", "--deep").fine();
        }
    }

    private static void write(Commands by, String device, int number) {
        String lines = Journal.entry("e" + number) + "\n{\"id\":\"common\",\"account\":\"ann\","
                + "\"at\":\"2026-01-02T03:04:05Z\",\"notes\":\"" + number + "\",\"views\":{\"add\":1}}\n";
        by.pipe(lines, "put", "--store", "@" + device + ".db", "entries").fine();
    }

    private static String common(Commands by, String device) {
        return by.run("get", "--store", "@" + device + ".db", "entries", "common", "--json")
                .fine()
                .out();
    }

    private void init(String device, RealServer server) {
        commands.pipe(
                        server.token("device"),
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
                        "-")
                .fine();
    }
}
