package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingJson;
import io.holdfast.sources.mapping.MappingWriter;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.proposal.MappingProposal;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final Host host;

    @Parameters(paramLabel = "FILE", description = SheetPlace.FILE)
    private String file;

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
    public SourceMapCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws IOException {
        SheetPlace place = new SheetPlace(file, host);
        Table table;
        try (SheetFile opened = place.open()) {
            table = TableReader.read(opened, sheet == null ? opened.firstVisible() : sheet);
        }
        MappingProposal proposal = MappingProposal.of(
                new MappingProposal.Subject(
                        place.name(), target == null ? targetName(place, table) : target, Optional.ofNullable(sheet)),
                table,
                mapping -> source(place, mapping));
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> MappingJson.write(json, proposal.mapping()));
        } else {
            terminal.out().print(MappingWriter.yaml(proposal.mapping(), proposal.remarks()));
        }
        return ExitCode.FINE;
    }

    private static RecordSource source(SheetPlace place, Mapping mapping) {
        try {
            return place.source(mapping);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** After the file, which most often says what stands in it; after the sheet if one of several was asked for. */
    private String targetName(SheetPlace place, Table table) {
        if (sheet != null || place.isSpreadsheet()) {
            return table.sheet();
        }
        int dot = place.name().lastIndexOf('.');
        return dot > 0 ? place.name().substring(0, dot) : place.name();
    }
}
