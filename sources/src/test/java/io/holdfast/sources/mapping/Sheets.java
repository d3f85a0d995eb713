package io.holdfast.sources.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes over sheets, for tests. */
public final class Sheets {

    /** As of a small process. */
    public static final long MEMORY_BYTES = 64L << 20;

    private Sheets() {}

    /** All rows of a text under a mapping. */
    static List<MappedRow> rows(Path folder, String mapping, String csv) throws IOException {
        return rows(source(folder, mapping, csv));
    }

    static RecordSource source(Path folder, String mapping, String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("sheet.csv"), csv);
        return new FileSource(file, MappingReader.read(mapping), MEMORY_BYTES);
    }

    static List<MappedRow> rows(RecordSource source) {
        try (MappedRecords records = source.open()) {
            return rows(records);
        }
    }

    /** All rows that are left of a pass. */
    public static List<MappedRow> rows(MappedRecords records) {
        List<MappedRow> rows = new ArrayList<>();
        for (Optional<MappedRow> each = records.next(); each.isPresent(); each = records.next()) {
            rows.add(each.get());
        }
        return rows;
    }
}
