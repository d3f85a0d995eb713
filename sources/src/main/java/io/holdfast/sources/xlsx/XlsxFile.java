package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.ExcelDates;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetFormat;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Office Open XML workbook. Sheets are read as streams; only the table of shared strings and the styles are kept, the
 * former within a quarter of the process's memory. Not thread-safe.
 *
 * <p>It is read here and not by a library because those that stream (fastexcel-reader 0.20, by its code) let a hostile file choose how
 * much memory is taken, do not compare checksums, and read a string that is missing from the table as an empty one.
 */
public final class XlsxFile implements SheetFile {

    private static final String WORKBOOK = "xl/workbook.xml";

    private final XlsxPackage parts;
    private final Relations relations;
    private final Map<String, String> partOfSheet = new LinkedHashMap<>();
    private final List<SheetName> names;
    private final CellReader cells;

    private XlsxFile(XlsxPackage parts, long stringBytesMax) {
        this.parts = parts;
        String workbook = Relations.of(parts, "").ofType("officeDocument").orElse(WORKBOOK);
        this.relations = Relations.of(parts, workbook);
        WorkbookPart content = WorkbookPart.read(parts, workbook);
        content.sheets().forEach(this::add);
        this.names = content.sheets().stream()
                .map(WorkbookPart.Entry::name)
                .filter(name -> partOfSheet.containsKey(name.name()))
                .toList();
        if (names.isEmpty()) {
            throw parts.failures().damaged("is a workbook without a sheet");
        }
        SharedStrings strings = SharedStrings.read(
                parts, relations.ofType("sharedStrings").orElse("xl/sharedStrings.xml"), stringBytesMax);
        Styles styles = Styles.read(parts, relations.ofType("styles").orElse("xl/styles.xml"));
        this.cells = new CellReader(strings, styles, new ExcelDates(content.from1904()), parts.failures());
    }

    /**
     * Opens a workbook.
     *
     * @param stringBytesMax most that its table of shared strings may take, unpacked
     * @throws io.holdfast.core.error.HoldfastException SOURCE_DAMAGED, SOURCE_FORMAT, SOURCE_TOO_LARGE, SOURCE_HOSTILE
     */
    public static XlsxFile open(FileMark mark, long stringBytesMax) {
        XlsxPackage parts = XlsxPackage.open(mark);
        try {
            return new XlsxFile(parts, stringBytesMax);
        } catch (RuntimeException refused) {
            parts.close();
            throw refused;
        }
    }

    private void add(WorkbookPart.Entry entry) {
        String part = relations.target(entry.relation()).orElse("");
        if (!part.contains("chartsheet")
                && !part.contains("macrosheet")
                && !part.contains("dialogsheet")
                && parts.has(part)) {
            partOfSheet.putIfAbsent(entry.name().name(), part);
        } else if (!part.isEmpty() && !parts.has(part)) {
            throw parts.failures().damaged("lacks the sheet '" + entry.name().name() + "'");
        }
    }

    @Override
    public SheetFormat format() {
        return SheetFormat.XLSX;
    }

    @Override
    public List<SheetName> sheets() {
        return names;
    }

    @Override
    public Optional<TextLayout> layout() {
        return Optional.empty();
    }

    @Override
    public Rows rows(String sheet) {
        SheetFailures failures = parts.failures();
        XmlPart xml = parts.xml(partOf(sheet)).orElseThrow(() -> failures.damaged("lacks the sheet '" + sheet + "'"));
        return new XlsxRows(xml, cells, parts.mark());
    }

    @Override
    public List<CellRange> merges(String sheet) {
        return parts.part(partOf(sheet), SheetLimits.PART_BYTES_MAX)
                .map(part -> new MergeScan(part, parts.failures()).ranges())
                .orElse(List.of());
    }

    private String partOf(String sheet) {
        @Nullable String part = partOfSheet.get(sheet);
        if (part == null) {
            throw parts.failures().noSuchSheet(sheet);
        }
        return part;
    }

    @Override
    public void close() {
        parts.close();
    }
}
