package io.holdfast.cli.gaps;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.record.RecordState;
import java.io.StringWriter;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Prints one gap with both sides. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Prints one gap: what this side and the other held, field by field, why, and how it was put right.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast gaps show 3 --store phone.db", "  holdfast gaps show 1 --data data --scope ann --json"})
public final class GapsShowCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "ID", description = "The gap, as 'gaps list' numbers it.")
    private long id;

    @Mixin
    private GapSource source;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public GapsShowCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        GapSource.Found found = source.one(id, host);
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> GapJson.write(found.scope(), found.gap(), json));
        } else {
            print(found.gap());
        }
        return ExitCode.FINE;
    }

    private void print(Gap gap) {
        terminal.out()
                .println("Gap " + gap.id() + ": " + gap.kind() + " " + GapsListCommand.named(gap) + ", " + gap.state());
        terminal.out()
                .println("Found by " + gap.finding().by() + " at "
                        + GapJson.at(gap.finding().atMillis()) + ". "
                        + gap.finding().cause());
        if (!gap.end().how().isEmpty()) {
            terminal.out().println(gap.end().how() + " " + GapJson.at(gap.end().atMillis()));
        }
        TreeSet<String> fields = new TreeSet<>(gap.here().cells().keySet());
        fields.addAll(gap.there().cells().keySet());
        if (!fields.isEmpty()) {
            terminal.out().println();
            TextTable table = new TextTable(List.of("field", "here", "there"));
            fields.forEach(field -> table.add(List.of(field, value(gap.here(), field), value(gap.there(), field))));
            table.print(terminal.out());
        }
    }

    private static String value(RecordState state, String field) {
        if (!state.cells().containsKey(field)) {
            return "";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.generator(text)) {
            DocumentWriter.write(state.value(field), json);
        }
        return text.toString();
    }
}
