package io.holdfast.cli.source;

import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.google.GoogleSheets;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.mapping.SheetSource;
import io.holdfast.sources.sheet.SheetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command's sheet is: a file, a folder of files, or a spreadsheet of Google Sheets by its address. Immutable. */
final class SheetPlace {

    /** For the help of commands that read one sheet. */
    static final String FILE =
            "The sheet: XLSX, XLS, or delimited text of any common kind; or the address of a spreadsheet of Google Sheets.";

    /** For the help of commands that read records. */
    static final String FILE_OR_FOLDER = FILE + " A folder is all files in it, as one sheet.";

    private final String place;
    private final Host host;
    private final Optional<String> spreadsheet;
    private final long memoryBytes = Runtime.getRuntime().maxMemory();

    SheetPlace(String place, Host host) {
        this.place = place;
        this.host = host;
        this.spreadsheet = GoogleSheets.id(place);
        if (spreadsheet.isEmpty() && place.matches("(?i)https?://.*")) {
            throw usage(
                    "Only spreadsheets of Google Sheets are read from an address: give one as a browser shows it, or a file.");
        }
    }

    /** What it is called. */
    String name() {
        return spreadsheet.orElseGet(() -> String.valueOf(path().getFileName()));
    }

    /** Whether it is one of Google's. */
    boolean isSpreadsheet() {
        return spreadsheet.isPresent();
    }

    /** The sheet itself. */
    SheetFile open() throws IOException {
        if (spreadsheet.isPresent()) {
            return GoogleAccounts.sheets(host).open(spreadsheet.get());
        }
        InputFile.open(path()).close();
        return SheetFiles.open(path(), memoryBytes);
    }

    /** Its records under a mapping. */
    RecordSource source(Mapping mapping) throws IOException {
        if (spreadsheet.isPresent()) {
            GoogleSheets google = GoogleAccounts.sheets(host);
            return new SheetSource(name(), () -> google.open(spreadsheet.get()), mapping, memoryBytes);
        }
        if (!Files.isDirectory(path())) {
            InputFile.open(path()).close();
        }
        return RecordSource.of(path(), mapping, memoryBytes);
    }

    private Path path() {
        try {
            return Path.of(place);
        } catch (InvalidPathException impossible) {
            throw usage("The file cannot be named so; check the path.");
        }
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }
}
