package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A device whose program can be killed and started again on the same store. Not thread-safe. */
final class RealDevice implements AutoCloseable {

    private final Path folder;
    private final String name;
    private final String server;
    private final String token;
    private final Promises promises;
    private ChildProcess program;
    private int imports;

    private RealDevice(Path folder, String name, String server, String token, Promises promises) {
        this.folder = folder;
        this.name = name;
        this.server = server;
        this.token = token;
        this.promises = promises;
        program = started();
    }

    /** Makes its store and starts its program. */
    static RealDevice start(Path folder, String name, String server, String token, Promises promises) {
        Commands.in(folder)
                .pipe(
                        token,
                        "device",
                        "init",
                        "--store",
                        "@" + name + ".db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "ann",
                        "--server",
                        server,
                        "--token",
                        "-")
                .fine();
        return new RealDevice(folder, name, server, token, promises);
    }

    private ChildProcess started() {
        return ChildProcess.start(folder, DeviceProgram.class, List.of(), store().toString(), server, token);
    }

    /** Its store. */
    Path store() {
        return folder.resolve(name + ".db");
    }

    /** Asks its program to write, and does not wait for it. */
    void write(int rounds) {
        program.writeMore(rounds + "\n");
    }

    /** Waits until its program has said so many lines more. */
    void hear(int lines) {
        for (int i = 0; i < lines; i++) {
            promises.hear(program.line());
        }
    }

    /** Gives its program so much time. */
    void linger(Duration time) {
        program.linger(time);
    }

    /** Ends its program without a chance to do anything; what it had said counts. */
    void crash() {
        Invocation ended = program.crash();
        assertThat(ended.err()).as("the errors of " + name).doesNotContain("Exception");
        promises.hear(ended.lines());
    }

    /** Starts its program again. */
    void startAgain() {
        program = started();
    }

    /** Imports lines with {@code holdfast put} while its program does not run, and kills that after so many lines. */
    void importKilled(int lines, int heard) {
        String prefix = name + "-" + imports++ + "-";
        String input = IntStream.range(0, lines)
                .mapToObj(i -> Journal.entry(prefix + (10_000 + i), "views", "{\"add\":1}") + "\n")
                .collect(Collectors.joining());
        try (ChildProcess put = ChildProcess.start(folder, "put", "--store", store().toString(), "entries")) {
            put.writeMore(input);
            for (int i = 0; i < heard; i++) {
                promises.hear("+" + put.line() + ";");
            }
            int whole = prefix.length() + 5;
            put.crash().lines().stream()
                    .filter(line -> line.length() == whole)
                    .forEach(id -> promises.hear("+" + id + ";"));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
