package io.holdfast.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Device;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores and servers that are restored or copied: recognised by the next exchange, nothing lost, nothing counted twice. */
class RecognitionTest {

    @TempDir
    private Path folder;

    private Commands commands;
    private Device phone;
    private Device laptop;

    @BeforeEach
    void writeSchema() {
        Journal.in(folder);
        commands = Commands.in(folder);
        phone = Device.of(folder, "phone");
        laptop = Device.of(folder, "laptop");
    }

    private void backup(String option, String source) {
        commands.run("backup", "create", option, source, "--to", "@copy.backup", "--force")
                .fine();
    }

    private void restore(String option, String target) {
        commands.run("backup", "restore", "@copy.backup", option, target, "--force")
                .fine();
    }

    @Test
    void aDeviceRestoredFromAnOlderBackupLosesNothingAndCountsNothingTwice() {
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = server.token("device", "ann");
            phone.init(server, token).view("e1", 1).sync().view("e1", 10);
            laptop.init(server, token);
            // In the backup the 10 are pending; then they are acknowledged, and 100 more, and an entry.
            backup("--store", phone.store());
            phone.sync().view("e1", 100).put(Journal.entry("later")).sync();

            restore("--store", phone.store());
            assertThat(phone.views("e1")).isEqualTo(11);
            phone.view("e1", 1_000).sync();

            assertThat(phone.views("e1")).isEqualTo(1_111);
            assertThat(phone.list()).contains("\"later\"");
            assertThat(phone.status())
                    .contains("\"recognised\":{\"event\":\"STORE_RECOGNISED\"")
                    .contains("This store was recognised as restored or copied");
            assertThat(laptop.sync().views("e1")).isEqualTo(1_111);
            phone.proven();
            laptop.proven();
            assertThat(laptop.list()).isEqualTo(phone.list());
            assertThat(laptop.status()).contains("\"recognised\":null");
        }
    }

    @Test
    void aStoreCopiedToASecondMachineWhileBothWriteOnCountsEachOnce() {
        try (ServerProcess server = ServerProcess.start(folder)) {
            phone.init(server, server.token("device", "ann")).view("e1", 1).sync();
            // The original runs, and has an unsent change, while it is copied.
            try (ChildProcess running = ChildProcess.start(folder, "put", "--store", "@phone.db", "entries")) {
                running.writeMore(Journal.entry("e1", "views", "{\"add\":10}") + "\n");
                assertThat(running.line()).isEqualTo("e1");
                backup("--store", phone.store());
                running.writeMore(Journal.entry("e1", "views", "{\"add\":100}") + "\n");
                assertThat(running.line()).isEqualTo("e1");
                assertThat(running.write("").end().exitCode()).isZero();
            }
            Device clone = Device.of(folder, "clone");
            restore("--store", clone.store());
            clone.view("e1", 1_000).put(Journal.entry("of the clone"));
            phone.view("e1", 10_000).put(Journal.entry("of the phone"));

            phone.sync();
            clone.sync();
            phone.sync();
            for (Device device : new Device[] {phone, clone}) {
                assertThat(device.views("e1")).isEqualTo(11_111);
                assertThat(device.list()).contains("of the clone", "of the phone");
                device.proven();
            }
            assertThat(clone.status()).contains("STORE_RECOGNISED");
            assertThat(phone.status()).contains("\"recognised\":null");

            // They are two devices from now on, and stay so.
            phone.view("e1", 100_000).sync();
            clone.sync();
            assertThat(clone.views("e1")).isEqualTo(111_111);
            clone.proven();
        }
    }

    @Test
    void aServerRestoredToBeforeTheDevicesCursorsGetsBackWhatItLost() {
        String token;
        try (ServerProcess server = ServerProcess.start(folder)) {
            token = server.token("device", "ann");
            phone.init(server, token).view("e1", 1).sync();
            laptop.init(server, token).sync();
            backup("--data", "@data");
            phone.view("e1", 10).put(Journal.entry("of the phone")).sync();
            laptop.sync().view("e1", 100).put(Journal.entry("of the laptop")).sync();
            phone.sync();
            server.terminate();
        }
        restore("--data", "@data");
        phone.view("e1", 1_000);
        try (ServerProcess server = ServerProcess.start(folder)) {
            phone.init(server, token).sync();
            laptop.init(server, token).sync();
            phone.sync();
            for (Device device : new Device[] {phone, laptop}) {
                assertThat(device.views("e1")).isEqualTo(1_111);
                assertThat(device.list()).contains("of the phone", "of the laptop");
                assertThat(device.status()).contains("\"recognised\":{\"event\":\"SERVER_RECOGNISED\"");
                device.proven();
            }
        }
    }

    @Test
    void aServerRestoredAndThenOvertakenByOthersGetsBackWhatItLost() {
        String token;
        try (ServerProcess server = ServerProcess.start(folder)) {
            token = server.token("device", "ann");
            phone.init(server, token).view("e1", 1).sync();
            backup("--data", "@data");
            phone.view("e1", 10).put(Journal.entry("of the phone")).sync();
            server.terminate();
        }
        restore("--data", "@data");
        try (ServerProcess server = ServerProcess.start(folder)) {
            // A device that never saw the lost time takes the head beyond where the phone had been.
            laptop.init(server, token).sync();
            for (int i = 0; i < 5; i++) {
                laptop.put(Journal.entry("new " + i)).view("e1", 100).sync();
            }
            phone.init(server, token).view("e1", 1_000).sync();
            laptop.sync();
            for (Device device : new Device[] {phone, laptop}) {
                assertThat(device.views("e1")).isEqualTo(1_511);
                assertThat(device.list()).contains("of the phone", "new 4");
                device.proven();
            }
            assertThat(phone.status()).contains("\"recognised\":{\"event\":\"SERVER_RECOGNISED\"");
        }
    }
}
