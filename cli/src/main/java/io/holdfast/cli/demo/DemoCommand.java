package io.holdfast.cli.demo;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows at once what Holdfast is for. Names no class of the server, so that other commands do not load it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a server and three devices, lets everything go wrong that goes wrong on devices, and proves that"
                    + " nothing was lost.",
            "Real events are imported while all devices are without network; they edit the same records; one record"
                    + " breaks the server's rules; one connection is cut in the middle of an exchange; one device is"
                    + " killed.",
            "Two users then mine coins on one phone, and one of them on a tablet, too, through an outage and a clock"
                    + " that is set: their balances must be rate × time to the last digit.",
            "At last a real spreadsheet is taken into a database, whose table another program then damages: each damaged"
                    + " row must be found and repaired. The exit code is 0 only if nothing is unaccounted for.",
            "At a terminal the server goes on, with its page, until Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast demo", "  holdfast demo --headless --json", "  holdfast demo --data demo --port 8421"})
public final class DemoCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Option(names = "--data", paramLabel = "DIR", description = "An empty or new folder; a temporary one by default.")
    private @Nullable Path data;

    @Option(names = "--port", description = "The server's port; 8420 by default, or any free one with --headless.")
    private @Nullable Integer port;

    @Option(names = "--headless", description = "End when all is told.")
    private boolean headless;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public DemoCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws Exception {
        boolean goesOn = terminal.interactive() && !headless;
        return new DemoRun(terminal, host, output.json()).run(data, port, goesOn);
    }
}
