package io.holdfast.cli.frame;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints what went wrong as one sentence on the error stream, or as one JSON object if {@code --json} was given, and gives
 * the exit code. A stack trace is shown only for defects, and only if asked for.
 */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final String TRACE_PROPERTY = "holdfast.trace";

    private final Terminal terminal;

    /** Prints to this terminal. */
    public Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        String sentence = sentence(failure) + " See '"
                + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
        return report(List.of(args).contains(JsonOption.NAME), new HoldfastException(ErrorCode.USAGE, sentence));
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean json = parsed.originalArgs().contains(JsonOption.NAME);
        return report(
                json,
                switch (failure) {
                    case HoldfastException expected -> expected;
                    case Operation.Broken broken -> broken(broken.error());
                    default -> defect(failure);
                });
    }

    private HoldfastException broken(Error error) {
        return error instanceof OutOfMemoryError
                ? new HoldfastException(
                        ErrorCode.INTERNAL,
                        "The command needed more memory than it may take; give it more with HOLDFAST_JAVA_OPTS=-Xmx4g, or"
                                + " ask it for less at once.",
                        error)
                : defect(error);
    }

    private int report(boolean json, HoldfastException failure) {
        terminal.out().flush();
        if (json) {
            printJson(failure);
        } else {
            terminal.err().println("holdfast: " + failure.getMessage());
        }
        return ExitCode.of(failure.code()).number();
    }

    private void printJson(HoldfastException failure) {
        ErrorCode code = failure.code();
        JsonLine.print(terminal.err(), json -> {
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("code", code.name());
            json.writeStringProperty("message", failure.getMessage());
            json.writeStringProperty("action", code.action());
            json.writeStringProperty("retry", code.retry().name());
            if (!failure.context().isEmpty()) {
                json.writeObjectPropertyStart("context");
                failure.context().forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private HoldfastException defect(Throwable failure) {
        if (Boolean.getBoolean(TRACE_PROPERTY)) {
            failure.printStackTrace(terminal.err());
        }
        return new HoldfastException(
                ErrorCode.INTERNAL,
                "This is a defect of Holdfast (" + failure
                        + "); please report it with the output of the same command under" + " HOLDFAST_JAVA_OPTS=-D"
                        + TRACE_PROPERTY + "=true.",
                Map.of("exception", failure.getClass().getName()));
    }

    private static String sentence(ParameterException failure) {
        List<String> meant =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String message = String.valueOf(failure.getMessage()).strip();
        String sentence = message.endsWith(".") ? message : message + ".";
        return meant.isEmpty() ? sentence : sentence + " Did you mean '" + meant.getFirst() + "'?";
    }
}
