package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.value.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks of many rows under a small heap: a process of its own reads them. */
class ManyRowsTest {

    private static final String MAPPING = """
            target: sales
            fields:
              number: {column: Seller No, type: TEXT, format: "S-[0-9]{7}"}
              town: {column: Town, type: TEXT, required: true}
              price: {column: Price, type: "DECIMAL(18,2)"}
              sold: {column: Sold, type: TEXT, dates: serial}
              note: {column: Note, type: TEXT}
            key: [number]
            """;

    @TempDir
    private Path folder;

    @Test
    void mapsThirtyThousandRowsInAHeapOf24Megabytes() throws Exception {
        assertThat(readInAProcess(30_000, 24)).startsWith("30000 records, 300 duplicates, 0 clashes, 0 unfit");
    }

    @Test
    @Tag("long")
    void mapsAMillionRowsInAHeapOf256Megabytes() throws Exception {
        assertThat(readInAProcess(1_000_000, 256)).startsWith("1000000 records, 10000 duplicates, 0 clashes, 0 unfit");
    }

    private String readInAProcess(int rows, int heapMegabytes) throws Exception {
        Path workbook = write(rows);
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reader.class.getName(),
                        workbook.toString(),
                        mapping.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    /** Every hundredth row repeats the one before it. Texts stand in the cells, as programs that export write them. */
    private Path write(int rows) throws IOException {
        Path file = folder.resolve("many.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            entry(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"One\" r:id=\"rId1\"/></sheets></workbook>");
            entry(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            Writer xml = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
            xml.write("<worksheet><sheetData><row>");
            for (String header : List.of("Seller No", "Town", "Price", "Sold", "Note")) {
                xml.write(text(header));
            }
            xml.write("</row>");
            for (int row = 0; row < rows; row++) {
                row(xml, row % 100 == 99 ? row - 1 : row);
            }
            xml.write("</sheetData></worksheet>");
            xml.flush();
        }
        return file;
    }

    private static void row(Writer xml, int row) throws IOException {
        String digits = Integer.toString(10_000_000 + row).substring(1);
        xml.write("<row>" + text("S-" + digits) + text("Town " + row % 500) + number(row + ".25")
                + number(Integer.toString(42_000 + row % 1_000)) + text("note of row " + row) + "</row>");
    }

    private static String text(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String number(String number) {
        return "<c><v>" + number + "</v></c>";
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
    }

    /** The process: reads a workbook by a mapping and says what it found. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            Mapping mapping = MappingReader.read(Files.readAllBytes(Path.of(arguments[1])));
            RecordSource source = new FileSource(
                    Path.of(arguments[0]), mapping, Runtime.getRuntime().maxMemory());
            long texts = 0;
            try (MappedRecords records = source.open()) {
                for (Optional<MappedRow> row = records.next(); row.isPresent(); row = records.next()) {
                    if (row.get().outcome() instanceof MappedRow.Fit fit
                            && fit.values().get("note") instanceof Value.Text note) {
                        texts += note.text().length();
                    }
                }
                RowCounts counts = records.counts();
                System.out.print(counts.records() + " records, " + counts.duplicates() + " duplicates, "
                        + counts.clashes() + " clashes, " + counts.unfit() + " unfit, " + texts + " letters of notes");
            }
        }
    }
}
