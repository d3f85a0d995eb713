package io.holdfast.cli.run;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.frame.RecordedTerminal;
import io.holdfast.cli.system.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/** Runs commands within this process; names that begin with {@code @} are files of a folder. */
public final class Commands {

    private final Path folder;
    private final Map<String, String> environment;
    private final InstantSource clock;

    private Commands(Path folder, Map<String, String> environment, InstantSource clock) {
        this.folder = folder;
        this.environment = environment;
        this.clock = clock;
    }

    /** Commands on files of this folder, in an empty environment. */
    public static Commands in(Path folder) {
        return new Commands(folder, Map.of(), Host.real().clock());
    }

    /** The same in an environment. */
    public Commands with(Map<String, String> variables) {
        return new Commands(folder, variables, clock);
    }

    /** The same on a machine whose clock is wrong by so much. */
    public Commands shifted(Duration shift) {
        return new Commands(folder, environment, () -> clock.instant().plus(shift));
    }

    /** Runs one command without input. */
    public Invocation run(String... args) {
        return run(RecordedTerminal.unwatched(), args);
    }

    /** Runs one command that reads this. */
    public Invocation pipe(String input, String... args) {
        return run(RecordedTerminal.piped(input), args);
    }

    private Invocation run(RecordedTerminal recorded, String... args) {
        Host real = Host.real();
        Host host = new Host(clock, real.random(), environment, "tester");
        int exitCode = Holdfast.commands(recorded.terminal(), host)
                .execute(Arrays.stream(args).map(this::resolved).toArray(String[]::new));
        return new Invocation(exitCode, recorded.out(), recorded.err());
    }

    private String resolved(String arg) {
        return arg.startsWith("@") ? folder.resolve(arg.substring(1)).toString() : arg;
    }
}
