package io.holdfast.server.run;

import io.holdfast.server.audit.Cause;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.sources.mapping.RecordSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An office that keeps its sellers in a sheet. */
final class Office {

    static final String FIELDS = """
            target: sellers
            fields:
              number:   {column: No, type: TEXT, format: "S-[0-9]+", normalise: [trim, upper]}
              name:     {column: Name, type: TEXT, required: true}
              price:    {column: Price, type: "DECIMAL(12,2)"}
              changed:  {column: Changed, type: INSTANT, dates: YYYY-MM-DD}
            key: [number]
            """;

    static final String HEADER = "No,Name,Price,Changed\n";

    private static final long MEMORY = 64L << 20;

    private final Path sheet;
    private String fields = FIELDS;

    Office(Path folder) {
        this.sheet = folder.resolve("sellers.csv");
    }

    /** What stands below the header. */
    void writes(String rows) {
        try {
            Files.writeString(sheet, HEADER + rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writes(List<String> rows) {
        writes(String.join("\n", rows) + "\n");
    }

    /** The sheet under the usual mapping and more of it. */
    RecordSource source(String more) {
        return new FileSource(sheet, MappingReader.read(fields + more), MEMORY);
    }

    /** Somebody moves the sheet away. */
    void losesTheSheet() {
        try {
            Files.delete(sheet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on a field must name a record of a collection. */
    void referTo(String field, String collection) {
        fields = FIELDS.replaceAll("(" + field + ": +\\{.*)}", "$1, references: " + collection + "}");
    }

    static Mapping mapping(String more) {
        return MappingReader.read(FIELDS + more);
    }

    RunRequest request(RunMode mode, String more) {
        return new RunRequest(source(more), "office", mode, Cause.COMMAND, "ann");
    }

    /** A run of a source that breaks the virtual machine's limits when it is opened. */
    RunRequest breaking(Error error) {
        RecordSource sheet = source("");
        RecordSource breaking = new RecordSource() {
            @Override
            public String name() {
                return sheet.name();
            }

            @Override
            public Mapping mapping() {
                return sheet.mapping();
            }

            @Override
            public MappedRecords open() {
                throw error;
            }
        };
        return new RunRequest(breaking, "office", RunMode.SYNC, Cause.COMMAND, "ann");
    }

    RunRequest sync() {
        return request(RunMode.SYNC, "");
    }
}
