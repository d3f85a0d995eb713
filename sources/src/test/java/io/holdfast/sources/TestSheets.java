package io.holdfast.sources;

import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sheets for tests: from the resources, or made by hand. */
public final class TestSheets {

    private static final long MEMORY_BYTES = 64L << 20;
    private static final String NAMESPACES = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private TestSheets() {}

    /** A file of the test resources. */
    public static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestSheets.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Opens a file with the memory of a small process. */
    public static SheetFile open(Path file) {
        return SheetFiles.open(file, MEMORY_BYTES);
    }

    /** All rows of the first sheet. */
    public static List<Row> rows(Path file) {
        try (SheetFile opened = open(file);
                Rows rows = opened.rows(opened.sheets().getFirst().name())) {
            return all(rows);
        }
    }

    /** What is understood of the first sheet. */
    public static Table table(Path file) {
        try (SheetFile opened = open(file)) {
            return TableReader.read(opened, opened.sheets().getFirst().name());
        }
    }

    /** All records of the first sheet. */
    public static List<Row> records(Path file) {
        try (SheetFile opened = open(file)) {
            Table table = TableReader.read(opened, opened.sheets().getFirst().name());
            try (Rows records = table.records(opened)) {
                return all(records);
            }
        }
    }

    private static List<Row> all(Rows rows) {
        List<Row> all = new ArrayList<>();
        for (Optional<Row> each = rows.next(); each.isPresent(); each = rows.next()) {
            all.add(each.get());
        }
        return all;
    }

    /** Writes a text file. */
    public static Path text(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("sheet.csv"), text);
    }

    /** Writes a workbook of one sheet, whose rows are given as XML. */
    public static Path xlsx(Path folder, String rows) throws IOException {
        return xlsx(folder, Map.of("xl/worksheets/sheet1.xml", sheet(rows)));
    }

    /** A sheet's part around rows. */
    public static String sheet(String rows) {
        return "<worksheet " + NAMESPACES + "><sheetData>" + rows + "</sheetData></worksheet>";
    }

    /** Writes a workbook of one sheet, with other or further parts. */
    public static Path xlsx(Path folder, Map<String, String> parts) throws IOException {
        Path file = folder.resolve("sheet.xlsx");
        Map<String, String> all = new TreeMap<>(
                Map.of(
                        "xl/workbook.xml",
                        "<workbook " + NAMESPACES
                                + "><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
        all.putAll(parts);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
