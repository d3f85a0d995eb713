package io.holdfast.cli;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which Holdfast this is and what it runs on: the first thing a report of a defect needs. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the version of Holdfast and of what it runs on.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast version", "  holdfast version --json"})
final class VersionCommand implements Operation {

    private final Terminal terminal;

    @Mixin
    private JsonOption output;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        String java = Runtime.version().toString();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("version", Version.built());
                json.writeStringProperty("java", java);
                json.writeStringProperty("system", system);
            });
        } else {
            terminal.out().println("holdfast " + Version.built() + " (Java " + java + ", " + system + ")");
        }
        return ExitCode.FINE;
    }
}
