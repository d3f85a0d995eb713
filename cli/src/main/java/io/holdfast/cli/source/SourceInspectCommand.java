package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
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
            "  holdfast source inspect sales.xls --json"
        })
public final class SourceInspectCommand implements Operation {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The sheet: XLSX, XLS, or delimited text of any common kind.")
    private Path file;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "The sheet of a workbook; else its first visible one.")
    private @Nullable String sheet;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public SourceInspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() throws IOException {
        InputFile.open(file).close();
        try (SheetFile opened = SheetFiles.open(file, Runtime.getRuntime().maxMemory())) {
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
