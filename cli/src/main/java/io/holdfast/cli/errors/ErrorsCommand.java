package io.holdfast.cli.errors;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what error codes mean. */
@Command(
        name = "errors",
        mixinStandardHelpOptions = true,
        description = "Says what an error code means, whether trying again helps, and what to do.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast errors STORE_IN_USE", "  holdfast errors --json", "  holdfast errors --markdown"})
public final class ErrorsCommand implements Operation {

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code; all of them if none is given.")
    private @Nullable String name;

    @Option(names = "--markdown", description = "Print docs/errors.md.")
    private boolean markdown;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ErrorsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        List<ErrorCode> codes =
                Optional.ofNullable(name).map(ErrorsCommand::known).orElse(List.of(ErrorCode.values()));
        if (markdown) {
            terminal.out().print(ErrorsMarkdown.of(codes));
        } else if (output.json()) {
            codes.forEach(this::printJson);
        } else {
            codes.forEach(this::print);
        }
        return ExitCode.FINE;
    }

    private static List<ErrorCode> known(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.USAGE,
                        "There is no error code " + name + "; see 'holdfast errors' for all of them."));
    }

    private void print(ErrorCode code) {
        terminal.out().println(code + "  (exit code " + ExitCode.of(code).number() + ")");
        terminal.out().println("  " + code.cause());
        terminal.out().println("  " + ErrorsMarkdown.retry(code) + " " + code.action());
    }

    private void printJson(ErrorCode code) {
        JsonLine.print(terminal.out(), json -> {
            json.writeStringProperty("code", code.name());
            json.writeStringProperty("cause", code.cause());
            json.writeStringProperty("retry", code.retry().name());
            json.writeStringProperty("action", code.action());
            json.writeNumberProperty("exitCode", ExitCode.of(code).number());
        });
    }
}
