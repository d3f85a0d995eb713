package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.MappingJson;
import io.holdfast.sources.mapping.MappingProposal;
import io.holdfast.sources.mapping.MappingWriter;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes a mapping for a sheet. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description =
                "Reads a whole sheet and prints a mapping that works for it as it is: which columns become which fields, of"
                        + " which types, and which of them tell one record from another; with the reasons as comments. Changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast source map sales.csv > sales.yaml",
            "  holdfast source map sales.xlsx --sheet 2017 --target sales",
            "  holdfast source map sales.xls --json"
        })
public final class SourceMapCommand implements Operation {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The sheet: XLSX, XLS, or delimited text of any common kind.")
    private Path file;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "The sheet of a workbook; else its first visible one.")
    private @Nullable String sheet;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "The collection that takes the records; else it is called after the file or the sheet.")
    private @Nullable String target;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public SourceMapCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() throws IOException {
        InputFile.open(file).close();
        long memoryBytes = Runtime.getRuntime().maxMemory();
        Table table;
        try (SheetFile opened = SheetFiles.open(file, memoryBytes)) {
            table = TableReader.read(opened, sheet == null ? opened.firstVisible() : sheet);
        }
        MappingProposal proposal = MappingProposal.of(
                new MappingProposal.Subject(name(), targetName(), Optional.ofNullable(sheet)),
                table,
                mapping -> new FileSource(file, mapping, memoryBytes));
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> MappingJson.write(json, proposal.mapping()));
        } else {
            terminal.out().print(MappingWriter.yaml(proposal.mapping(), proposal.remarks()));
        }
        return ExitCode.FINE;
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private String targetName() {
        if (target != null) {
            return target;
        }
        int dot = name().lastIndexOf('.');
        String plain = dot > 0 ? name().substring(0, dot) : name();
        return sheet == null ? plain : sheet;
    }
}
