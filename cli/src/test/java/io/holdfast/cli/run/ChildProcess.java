package io.holdfast.cli.run;

import io.holdfast.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command in a process of its own, as a shell starts it; names that begin with {@code @} are files of a folder. Killed
 * when it is closed.
 */
public final class ChildProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private ChildProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    /** Starts a command that has no input. */
    public static ChildProcess start(Path folder, String... args) {
        return start(folder, List.of(), args);
    }

    /** Starts a command under options of the Java machine. */
    public static ChildProcess start(Path folder, List<String> javaOptions, String... args) {
        return start(folder, Main.class, javaOptions, args);
    }

    /** Starts another program of the class path. */
    public static ChildProcess start(Path folder, Class<?> program, List<String> javaOptions, String... args) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        line.addAll(javaOptions);
        line.add(program.getName());
        Arrays.stream(args)
                .map(arg ->
                        arg.startsWith("@") ? folder.resolve(arg.substring(1)).toString() : arg)
                .forEach(line::add);
        try {
            Path err = Files.createTempFile(folder, "err", ".txt");
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ChildProcess(process, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static Invocation run(Path folder, String input, String... args) {
        try (ChildProcess child = start(folder, args)) {
            return child.write(input).end();
        }
    }

    /** Gives the process some of its input. */
    public void writeMore(String input) {
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the process this input and nothing after it. */
    public ChildProcess write(String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // A command that ends early reads nothing more; what it said is what counts.
        }
        return this;
    }

    /** The next line of its output; waits for it. */
    public String line() {
        return lineUnlessEnded()
                .orElseThrow(() -> new AssertionError("the process ended without printing: " + errors()));
    }

    /** As {@link #line}; nothing if it ended instead. */
    public Optional<String> lineUnlessEnded() {
        try {
            return Optional.ofNullable(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String errors() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, as a service manager does, and waits for its end. */
    public Invocation terminate() {
        process.toHandle().destroy(); // the process itself would close its streams
        return end();
    }

    /** Ends it without a chance to do anything. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it without a chance to do anything, and gives all that it had printed until then. */
    public Invocation crash() {
        process.toHandle().destroyForcibly(); // the process itself would close its streams
        return end();
    }

    /** Gives it so much time, unless it ends before. */
    public void linger(Duration time) {
        try {
            process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a process runs", e);
        }
    }

    /** Waits for its end. */
    public Invocation end() {
        try {
            StringBuilder rest = new StringBuilder();
            out.lines().forEach(line -> rest.append(line).append('\n'));
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end: " + errors());
            }
            return new Invocation(process.exitValue(), rest.toString(), errors());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a process", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
