package io.holdfast.cli.faults;

import io.holdfast.cli.run.SellersMapping;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A sheet of sellers, S-0, S-1 and so on, in an XLSX file that others write, cut and take away. */
record SellersSheet(Path file) {

    private static final Mapping MAPPING = MappingReader.read(SellersMapping.YAML);

    private static final long MEMORY = 64L << 20;

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String MAIN = "\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

    static SellersSheet in(Path folder) {
        return new SellersSheet(folder.resolve("sellers.xlsx"));
    }

    FileSource source() {
        return new FileSource(file, MAPPING, MEMORY);
    }

    /** Writes it over what stands there. */
    void write(int sellers) {
        Map<String, String> parts = new TreeMap<>(Map.of(
                "[Content_Types].xml",
                "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                        + "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\""
                        + " ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType="
                        + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override"
                        + " PartName=\"/xl/sheet.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
                        + "spreadsheetml.worksheet+xml\"/></Types>",
                "_rels/.rels",
                relation("officeDocument", "xl/workbook.xml"),
                "xl/workbook.xml",
                "<workbook xmlns=" + MAIN + " xmlns:r=\"" + OFFICE
                        + "\"><sheets><sheet name=\"Sellers\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                relation("worksheet", "sheet.xml"),
                "xl/sheet.xml",
                rows(sellers)));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write((HEAD + part.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String relation(String type, String target) {
        return "<Relationships xmlns=\"" + PACKAGE + "relationships\"><Relationship Id=\"r1\" Type=\"" + OFFICE + "/"
                + type + "\" Target=\"" + target + "\"/></Relationships>";
    }

    private static String rows(int sellers) {
        StringBuilder sheet = new StringBuilder("<worksheet xmlns=" + MAIN + "><sheetData><row r=\"1\">");
        sheet.append(cell("No")).append(cell("Name")).append(cell("Price")).append("</row>");
        for (int i = 0; i < sellers; i++) {
            sheet.append("<row r=\"").append(i + 2).append("\">").append(cell("S-" + i));
            sheet.append(cell("Seller " + i)).append("<c><v>").append(i).append("</v></c></row>");
        }
        return sheet.append("</sheetData></worksheet>").toString();
    }

    private static String cell(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    /** Leaves the first half of its bytes. */
    void truncate() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
