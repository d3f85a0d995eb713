package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The parts of a workbook's package by name, without regard to case, as the specification asks. Not thread-safe. */
final class XlsxPackage implements AutoCloseable {

    private final FileMark mark;
    private final SheetFailures failures;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private XlsxPackage(FileMark mark, ZipFile zip) {
        this.mark = mark;
        this.failures = new SheetFailures(mark.file());
        this.zip = zip;
    }

    /**
     * Opens a package.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_DAMAGED, SOURCE_FORMAT, SOURCE_TOO_LARGE
     */
    static XlsxPackage open(FileMark mark) {
        SheetFailures failures = new SheetFailures(mark.file());
        XlsxPackage opened;
        try {
            opened = new XlsxPackage(mark, new ZipFile(mark.file().toFile()));
        } catch (IOException | IllegalArgumentException broken) {
            throw failures.damaged("is a package that is cut short or damaged");
        }
        try {
            opened.list();
            return opened;
        } catch (RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    private void list() {
        if (zip.size() > SheetLimits.PARTS_MAX) {
            throw failures.tooLarge("has more than " + SheetLimits.PARTS_MAX + " parts");
        }
        zip.stream().forEach(entry -> entries.putIfAbsent(folded(entry.getName()), entry));
        if (has("xl/workbook.bin")) {
            throw failures.format("is a binary workbook (XLSB), which is not read");
        }
        if (has("mimetype") || has("content.xml")) {
            throw failures.format("is an OpenDocument file, which is not read");
        }
    }

    SheetFailures failures() {
        return failures;
    }

    FileMark mark() {
        return mark;
    }

    Path file() {
        return mark.file();
    }

    boolean has(String name) {
        return entries.containsKey(folded(name));
    }

    /** A part as XML, if it is there. */
    Optional<XmlPart> xml(String name) {
        return part(name, SheetLimits.PART_BYTES_MAX).map(part -> new XmlPart(part, failures));
    }

    /** A part as bytes, if it is there. */
    Optional<GuardedPart> part(String name, long bytesMax) {
        @Nullable ZipEntry entry = entries.get(folded(name));
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GuardedPart(zip.getInputStream(entry), entry, bytesMax, failures));
        } catch (IOException broken) {
            throw failures.damaged("has a part that cannot be unpacked ('" + name + "')");
        }
    }

    /** Names with backslashes and leading slashes are met in the wild. */
    private static String folded(String name) {
        String slashed = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return slashed.startsWith("/") ? slashed.substring(1) : slashed;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException unimportant) {
            // it was only read
        }
    }
}
