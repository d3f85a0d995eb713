package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is understood of a sheet, before anything is taken from it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Reads a whole sheet and prints what is understood: its header, its columns with their types, blank"
                        + " rows, duplicates, cells that look wrong. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast source inspect sales.csv",
            "  holdfast source inspect sales.xlsx --sheet 2017",
            "  holdfast source inspect sales.xls --json",
            "  holdfast source inspect https://docs.google.com/spreadsheets/d/1AbC...xyz"
        })
public final class SourceInspectCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "FILE", description = SheetPlace.FILE)
    private String file;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "The sheet of a workbook; else its first visible one.")
    private @Nullable String sheet;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public SourceInspectCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws IOException {
        try (SheetFile opened = new SheetPlace(file, host).open()) {
            Table table = TableReader.read(opened, sheet == null ? opened.firstVisible() : sheet);
            if (output.json()) {
                JsonLine.print(terminal.out(), json -> new TableJson(json).write(opened, table));
            } else {
                new TableText(terminal.out()).print(opened, table);
            }
        }
        return ExitCode.FINE;
    }
}
