package io.holdfast.sources;

import io.holdfast.sources.csv.CsvFile;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.xls.XlsFile;
import io.holdfast.sources.xlsx.XlsxFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Opens sheets of every kind, by what is in the file, not by its name. Stateless. */
public final class SheetFiles {

    private static final int HEAD_BYTES = 512;
    private static final String ZIP = "PK\u0003\u0004";
    private static final String EMPTY_ZIP = "PK\u0005\u0006";
    private static final String COMPOUND_FILE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
    private static final String PDF = "%PDF-";

    private SheetFiles() {}

    /**
     * Opens a file.
     *
     * @param memoryBytes of the process; a workbook's table of strings may take a quarter of it, in bytes unpacked
     * @throws io.holdfast.core.error.HoldfastException SOURCE_FORMAT, SOURCE_DAMAGED, SOURCE_ENCRYPTED, SOURCE_TOO_LARGE,
     *     SOURCE_HOSTILE; each with one sentence that says what to do
     */
    public static SheetFile open(Path file, long memoryBytes) {
        FileMark mark = FileMark.of(file);
        SheetFailures failures = new SheetFailures(file);
        if (mark.bytes() > SheetLimits.FILE_BYTES_MAX) {
            throw failures.tooLarge("is larger than " + SheetLimits.FILE_BYTES_MAX + " bytes; split it");
        }
        String head = head(file, failures);
        if (head.startsWith(ZIP) || head.startsWith(EMPTY_ZIP)) {
            return XlsxFile.open(mark, memoryBytes / 4);
        }
        if (head.startsWith(COMPOUND_FILE)) {
            return XlsFile.open(mark);
        }
        if (isOtherFormat(head)) {
            throw failures.format("is neither a workbook nor delimited text");
        }
        return CsvFile.open(file);
    }

    private static String head(Path file, SheetFailures failures) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw failures.damaged("cannot be read");
        }
    }

    /** Web pages and XML are often saved under the name of a sheet. */
    private static boolean isOtherFormat(String head) {
        String begin = head.strip().toLowerCase(Locale.ROOT);
        return begin.startsWith("<?xml")
                || begin.startsWith("<html")
                || begin.startsWith("<!doctype")
                || head.startsWith(PDF);
    }
}
