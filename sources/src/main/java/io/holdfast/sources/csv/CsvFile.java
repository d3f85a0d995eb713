package io.holdfast.sources.csv;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetFormat;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file of delimited text: one sheet, named like the file. Holds nothing open between readings. Not thread-safe. */
public final class CsvFile implements SheetFile {

    private final Path file;
    private final FileMark mark;
    private final SheetFailures failures;
    private final TextLayout layout;
    private final int markBytes;

    private CsvFile(Path file, FileMark mark, EncodingDetector.Encoding encoding) throws IOException {
        this.file = file;
        this.mark = mark;
        this.failures = new SheetFailures(file);
        this.markBytes = encoding.markBytes();
        DialectDetector.Dialect dialect = dialect(encoding);
        this.layout = new TextLayout(
                encoding.charset(), markBytes > 0, dialect.delimiter(), dialect.quote(), dialect.lineEnd());
    }

    /**
     * Finds out how the file is written.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_FORMAT if it is no text, SOURCE_DAMAGED if it cannot be read
     */
    public static CsvFile open(Path file) {
        try {
            FileMark mark = FileMark.of(file);
            return new CsvFile(file, mark, new EncodingDetector(file).detect());
        } catch (IOException unreadable) {
            throw CsvRows.unreadable(new SheetFailures(file), unreadable);
        }
    }

    private DialectDetector.Dialect dialect(EncodingDetector.Encoding encoding) throws IOException {
        char[] sample = new char[DialectDetector.SAMPLE_CHARS];
        int count = 0;
        try (Reader reader = reader(encoding)) {
            for (int more = 0; more >= 0 && count < sample.length; count += Math.max(more, 0)) {
                more = reader.read(sample, count, sample.length - count);
            }
        }
        return DialectDetector.detect(new String(sample, 0, count), count < sample.length);
    }

    private Reader reader(EncodingDetector.Encoding encoding) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(encoding.markBytes());
        return new BufferedReader(new InputStreamReader(
                in,
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    @Override
    public SheetFormat format() {
        return SheetFormat.CSV;
    }

    @Override
    public List<SheetName> sheets() {
        return List.of(new SheetName(name(), false));
    }

    private String name() {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public Optional<TextLayout> layout() {
        return Optional.of(layout);
    }

    @Override
    public Rows rows(String sheet) {
        if (!sheet.equals(name())) {
            throw failures.noSuchSheet(sheet);
        }
        mark.check();
        try {
            return new CsvRows(reader(new EncodingDetector.Encoding(layout.encoding(), markBytes)), layout, mark);
        } catch (IOException unreadable) {
            throw CsvRows.unreadable(failures, unreadable);
        }
    }

    @Override
    public List<CellRange> merges(String sheet) {
        return List.of();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
