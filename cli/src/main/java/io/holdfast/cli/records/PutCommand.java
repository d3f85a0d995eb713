package io.holdfast.cli.records;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Progress;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes records, one JSON object a line. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = {
            "Writes records into the device's store; no server is needed.",
            "Each line is one JSON object. \"id\" is optional; the line of a known id changes the fields it names."
                    + " {\"views\": {\"add\": 1}} adds to a counter, {\"tags\": {\"add\": [\"a\"], \"remove\": [\"b\"]}}"
                    + " changes a union, null clears a field.",
            "The id of each record is printed as soon as it is durable. A line that is refused is reported by its number"
                    + " with everything that is wrong, and does not keep the others from being written."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast put --store phone.db entries entries.ndjson", "  holdfast put --store phone.db entries -"
        })
public final class PutCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The collection to write to.")
    private String collection;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "The lines to read; standard input if it is '-' or left out.")
    private Path file;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public PutCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        boolean piped = file.toString().equals("-");
        try (InputStream in = piped ? terminal.in() : InputFile.open(file);
                Store opened = store.open(host);
                Progress progress = new Progress(terminal, host.clock(), "lines")) {
            PutReport report = new PutReport(terminal, output.json());
            write(new LineReader(in), new RecordLines(opened, collection), report, progress);
            return report.finish();
        } catch (IOException unreadable) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "The input broke off; what was printed is written. Check the file.", unreadable);
        }
    }

    private static void write(LineReader in, RecordLines records, PutReport report, Progress progress)
            throws IOException {
        for (List<Line> lines = in.next(); !lines.isEmpty(); lines = in.next()) {
            for (int from = 0; from < lines.size(); ) {
                int to = from + RecordLines.portion(lines.size() - from);
                List<RecordLines.Result> results = records.write(lines.subList(from, to));
                progress.close();
                report.print(results);
                progress.show(report.lines());
                from = to;
            }
        }
    }
}
