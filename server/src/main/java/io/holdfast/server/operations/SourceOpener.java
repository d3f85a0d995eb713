package io.holdfast.server.operations;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.sources.google.GoogleSheets;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.mapping.SheetSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens configured sources: files and folders on the server, and spreadsheets of Google Sheets by their address; the mapping stands
 * in a file on the server. Thread-safe.
 */
public final class SourceOpener {

    private final long memoryBytes;
    private final Supplier<GoogleSheets> google;

    /**
     * Opens sources in this process.
     *
     * @param memoryBytes of the process, see {@link RecordSource#of}
     * @param google asked when a spreadsheet of Google Sheets is opened; may refuse
     */
    public SourceOpener(long memoryBytes, Supplier<GoogleSheets> google) {
        this.memoryBytes = memoryBytes;
        this.google = google;
    }

    /**
     * The source under its configured name. The mapping is read anew each time, so that a corrected one holds for the next run.
     *
     * @throws HoldfastException SETTINGS_INVALID, with what is wrong with the file or the mapping
     */
    public RecordSource open(SourceSettings settings) {
        Mapping mapping = mapping(path(settings.mapping()));
        return new Named(settings.name(), source(settings, mapping));
    }

    private RecordSource source(SourceSettings settings, Mapping mapping) {
        Optional<String> spreadsheet = GoogleSheets.id(settings.location());
        if (spreadsheet.isPresent()) {
            GoogleSheets sheets = google.get();
            return new SheetSource(settings.name(), () -> sheets.open(spreadsheet.get()), mapping, memoryBytes);
        }
        Path place = path(settings.location());
        if (!Files.isReadable(place)) {
            throw unreadable(place);
        }
        return RecordSource.of(place, mapping, memoryBytes);
    }

    private static Mapping mapping(Path file) {
        byte[] bytes = bytes(file);
        try {
            return MappingReader.read(bytes);
        } catch (HoldfastException invalid) {
            throw new HoldfastException(
                    ErrorCode.SETTINGS_INVALID,
                    "The mapping " + file + " cannot be used. " + invalid.getMessage(),
                    invalid);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new HoldfastException(
                    ErrorCode.SETTINGS_INVALID, "'" + text + "' is no path; correct the source's settings.", invalid);
        }
    }

    private static byte[] bytes(Path mapping) {
        try (InputStream in = Files.newInputStream(mapping)) {
            byte[] bytes = in.readNBytes(MappingReader.BYTES_MAX + 1);
            if (bytes.length > MappingReader.BYTES_MAX) {
                throw new HoldfastException(ErrorCode.SETTINGS_INVALID, "The mapping " + mapping + " is too long.");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(mapping);
        }
    }

    private static HoldfastException unreadable(Path file) {
        return new HoldfastException(
                ErrorCode.SETTINGS_INVALID,
                "The server cannot read " + file
                        + "; check the path in the source's settings, and the file's permissions.");
    }

    /** A source as the settings call it. */
    private record Named(String name, RecordSource source) implements RecordSource {
        @Override
        public Mapping mapping() {
            return source.mapping();
        }

        @Override
        public Optional<String> fingerprint() {
            return source.fingerprint();
        }

        @Override
        public MappedRecords open() {
            return source.open();
        }
    }
}
