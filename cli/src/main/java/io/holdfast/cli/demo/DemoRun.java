package io.holdfast.cli.demo;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.Signals;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One demonstration from the folder to the exit code. */
final class DemoRun {

    private static final int PORT = 8420;

    private final Terminal terminal;
    private final Host host;
    private final boolean json;

    DemoRun(Terminal terminal, Host host, boolean json) {
        this.terminal = terminal;
        this.host = host;
        this.json = json;
    }

    /** @param goesOn whether the server serves its page afterwards, until a signal */
    ExitCode run(@Nullable Path data, @Nullable Integer port, boolean goesOn) throws InterruptedException {
        Path folder = folder(data);
        int wanted = Optional.ofNullable(port).orElse(goesOn ? PORT : 0);
        Story story = new Story(terminal, json);
        DemoServer server = started(folder, data == null, wanted);
        try {
            story.print(
                    "A server on " + server.address() + " and three devices; all their files are in " + folder + ".");
            DemoOutcome outcome = new Demo(server, folder, host, story)
                    .run()
                    .withEarnings(new EarningsDemo(folder, host, story).run())
                    .withSheet(new SheetDemo(folder, host, story).run());
            story.chapter("What happened");
            ExitCode exitCode = told(outcome, folder);
            if (goesOn) {
                story.print("\nThe server goes on until Ctrl-C. Its page, for one visit within an hour: "
                        + server.adminLink());
                Signals.await(server::close);
            }
            return exitCode;
        } finally {
            server.close();
        }
    }

    /** A temporary folder is not left behind by a demonstration that never began. */
    private DemoServer started(Path folder, boolean temporary, int port) {
        try {
            return DemoServer.start(folder.resolve("server"), port, host);
        } catch (HoldfastException failed) {
            if (temporary) {
                remove(folder);
            }
            throw failed;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            // It lies where the system clears up by itself.
        }
    }

    private ExitCode told(DemoOutcome outcome, Path folder) {
        DemoReport report = new DemoReport(outcome, folder);
        if (json) {
            report.printJson(terminal);
        } else {
            report.print(terminal);
        }
        List<String> problems = outcome.problems();
        if (!problems.isEmpty()) {
            terminal.err().println("holdfast: Something is unaccounted for: " + String.join("; ", problems) + ".");
        }
        terminal.flush();
        return problems.isEmpty() ? ExitCode.FINE : ExitCode.WRONG;
    }

    private static Path folder(@Nullable Path data) {
        try {
            if (data == null) {
                return Files.createTempDirectory("holdfast-demo-");
            }
            Files.createDirectories(data);
            try (Stream<Path> there = Files.list(data)) {
                if (there.findAny().isPresent()) {
                    throw new HoldfastException(
                            ErrorCode.USAGE, "The folder " + data + " is not empty; name an empty or a new one.");
                }
            }
            return data;
        } catch (IOException failed) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The folder " + (data == null ? "for temporary files" : data)
                            + " cannot be used; name another with --data.",
                    failed);
        }
    }
}
