package io.holdfast.cli.records;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.core.schema.Violation;
import io.holdfast.store.PutOutcome;
import io.holdfast.store.Written;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints what came of each line: ids to the output, refusals to the error stream. Not thread-safe. */
final class PutReport {

    private final Terminal terminal;
    private final boolean json;
    private long written;
    private long refused;

    PutReport(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Prints, and hands on at once what was printed. */
    void print(List<RecordLines.Result> results) {
        for (RecordLines.Result result : results) {
            switch (result.outcome()) {
                case Written record -> print(result.line(), record);
                case PutOutcome.Refused why -> print(result.line(), why.violations());
            }
        }
        terminal.flush();
    }

    private void print(long line, Written record) {
        written++;
        if (json) {
            JsonLine.print(terminal.out(), out -> {
                out.writeNumberProperty("line", line);
                out.writeStringProperty("id", record.id());
                out.writeBooleanProperty("changed", record.changed());
            });
        } else {
            terminal.out().print(record.id() + '\n');
        }
    }

    private void print(long line, List<Violation> violations) {
        refused++;
        if (json) {
            JsonLine.print(terminal.err(), out -> {
                out.writeNumberProperty("line", line);
                out.writeArrayPropertyStart("violations");
                violations.forEach(violation -> write(violation, out));
                out.writeEndArray();
            });
        } else {
            for (Violation violation : violations) {
                terminal.err().println("holdfast: line " + line + ": " + violation.sentence());
            }
        }
    }

    private static void write(Violation violation, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("code", violation.code().name());
        out.writeStringProperty("field", violation.field());
        out.writeStringProperty("value", violation.value());
        out.writeStringProperty("message", violation.code().cause());
        out.writeStringProperty("advice", violation.advice());
        out.writeEndObject();
    }

    /** How many lines it has reported. */
    long lines() {
        return written + refused;
    }

    /** Sums up, if something was refused. */
    ExitCode finish() {
        if (refused == 0) {
            return ExitCode.FINE;
        }
        if (!json) {
            terminal.err()
                    .println("holdfast: " + refused + " of " + lines() + (lines() == 1 ? " line" : " lines")
                            + (refused == 1 ? " was" : " were") + " refused"
                            + (written == 0 ? "; nothing was written." : "; the others are written."));
        }
        return ExitCode.WRONG;
    }
}
