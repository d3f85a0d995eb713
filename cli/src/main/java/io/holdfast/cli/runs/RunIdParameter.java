package io.holdfast.cli.runs;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.RunId;
import picocli.CommandLine.Parameters;

/** The id of a run on the command line. */
final class RunIdParameter {

    @Parameters(paramLabel = "ID", description = "The run, as 'runs list' shows it.")
    private String text;

    RunId id() {
        if (!RunId.isRunId(text)) {
            throw new HoldfastException(ErrorCode.USAGE, "'" + text + "' is no id of a run; see 'holdfast runs list'.");
        }
        return new RunId(text);
    }
}
