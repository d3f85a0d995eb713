package io.holdfast.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.SellersMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sheets, mappings and targets that nobody should come with, from the command to the journal: one clear sentence, a stable code, the
 * right exit code, and never a silent half.
 */
class BadSheetsTest {

    private static final String NAMESPACES = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String SHEET_PART = "xl/worksheets/sheet1.xml";
    private static final String HEADER = row("No", "Name", "Price");
    private static final Path ENCRYPTED = Path.of("../sources/src/test/resources/calamine/pass_protected.xlsx");

    @TempDir
    private Path folder;

    private Commands holdfast;

    @BeforeEach
    void write() throws IOException {
        holdfast = Commands.in(folder);
        mapping(SellersMapping.YAML);
    }

    private void mapping(String text) throws IOException {
        Files.writeString(folder.resolve("sellers.yaml"), text);
    }

    private Invocation csv(String text) throws IOException {
        Files.writeString(folder.resolve("sheet.csv"), text);
        return sync("@sheet.csv");
    }

    private Invocation xlsx(String rows) throws IOException {
        workbook("sheet.xlsx", sheet("", rows));
        return sync("@sheet.xlsx");
    }

    private Invocation sync(String sheet) {
        return holdfast.run("source", "sync", sheet, "--mapping", "@sellers.yaml", "--data", "@data");
    }

    private static String row(String... texts) {
        return "<row>" + Arrays.stream(texts).map(BadSheetsTest::cell).collect(Collectors.joining()) + "</row>";
    }

    private static String cell(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String sheet(String before, String rows) {
        return before + "<worksheet " + NAMESPACES + "><sheetData>" + rows + "</sheetData></worksheet>";
    }

    private Path workbook(String name, String sheet) throws IOException {
        Path file = folder.resolve(name);
        Map<String, String> parts = new TreeMap<>(Map.of(
                "xl/workbook.xml",
                "<workbook " + NAMESPACES
                        + "><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
                SHEET_PART,
                sheet));
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /** The run broke off with this code, the journal says so, and nothing stands in the target. */
    private void brokeOff(Invocation sync, String code, String... words) throws IOException {
        sync.refused(1, words);
        assertThat(sync.out()).contains("Outcome     FAILED", "0 created, 0 updated");
        List<String> runs =
                holdfast.run("runs", "list", "--data", "@data", "--json").fine().lines();
        assertThat(runs).singleElement().asString().contains("\"status\":\"FAILED\"");
        assertThat(holdfast.run("audit", "query", "--errors", "--data", "@data", "--json")
                        .fine()
                        .out())
                .contains("\"code\":\"" + code + "\"");
    }

    @Test
    void refusesAnEncryptedWorkbook() throws IOException {
        Files.copy(ENCRYPTED, folder.resolve("secret.xlsx"));
        brokeOff(sync("@secret.xlsx"), "SOURCE_ENCRYPTED", "secret.xlsx", "password");
    }

    @Test
    void refusesAWorkbookThatWasCutShort() throws IOException {
        Path whole =
                workbook("whole.xlsx", sheet("", HEADER + row("S-1", "Ann", "1").repeat(500)));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("cut.xlsx"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        brokeOff(sync("@cut.xlsx"), "SOURCE_DAMAGED", "cut.xlsx");
    }

    @Test
    void stopsUnpackingAZipBomb() throws IOException {
        brokeOff(xlsx(HEADER + row("S-1", " ".repeat(8 << 20), "1")), "SOURCE_HOSTILE", "sheet.xlsx");
    }

    @Test
    void expandsNoEntities() throws IOException {
        String entities = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
        workbook("sheet.xlsx", sheet(entities, HEADER + row("S-1", "&b;", "1")));
        brokeOff(sync("@sheet.xlsx"), "SOURCE_HOSTILE", "sheet.xlsx");
    }

    @Test
    void refusesASheetWithoutHeader() throws IOException {
        brokeOff(csv("S-1,Ann,1\nS-2,Bob,2\n"), "SOURCE_COLUMN_UNKNOWN", "has no header");
    }

    @Test
    void refusesASheetWithoutTheKeysColumn() throws IOException {
        brokeOff(csv("Nr,Name,Price\nS-1,Ann,1\n"), "SOURCE_COLUMN_UNKNOWN", "no column 'No'");
    }

    @Test
    void takesTheFirstOfTwoColumnsOfOneNameAndShowsBoth() throws IOException {
        assertThat(csv("No,Name,Name,Price\nS-1,Ann,Eve,1\n").fine().out()).contains("1 created");
        assertThat(names()).isEqualTo("S-1 Ann");
        assertThat(holdfast.run("source", "inspect", "@sheet.csv").fine().out()).contains("Name (2)");
    }

    @Test
    void leavesOutRowsWithoutAKey() throws IOException {
        Invocation sync = csv("No,Name,Price\nS-1,Ann,1\n,Bob,2\nS-3,Cid,3\n");
        assertThat(sync.exitCode()).isEqualTo(1);
        assertThat(sync.out()).contains("2 created", "1 failed");
        assertThat(holdfast.run("audit", "query", "--errors", "--data", "@data", "--json")
                        .fine()
                        .out())
                .contains("\"code\":\"FIELD_REQUIRED\"", "\"row\":3", "A3");
    }

    @Test
    void takesTheColumnsItKnowsOfTenThousand() throws IOException {
        String more = IntStream.range(0, 9_997).mapToObj(n -> ",c" + n).collect(Collectors.joining());
        assertThat(csv("No,Name,Price" + more + "\nS-1,Ann,1" + more + "\n")
                        .fine()
                        .out())
                .contains("1 created");
    }

    @Test
    void takesTheLongestCellWhole() throws IOException {
        String longest = "x".repeat(32_767);
        assertThat(xlsx(HEADER + row("S-1", longest, "1")).fine().out()).contains("1 created");
        assertThat(names()).isEqualTo("S-1 " + longest);
    }

    @Test
    void leavesOutRowsWhoseFormulasFailed() throws IOException {
        String broken = "<row>" + cell("S-1") + cell("Ann")
                + "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row><row><c t=\"e\"><f>A9</f><v>#REF!</v></c>"
                + cell("Bob") + "</row>";
        Invocation sync = xlsx(HEADER + broken + row("S-3", "Cid", "3"));
        assertThat(sync.exitCode()).isEqualTo(1);
        assertThat(sync.out()).contains("1 created", "2 failed");
        assertThat(holdfast.run("audit", "query", "--errors", "--data", "@data", "--json")
                        .fine()
                        .out())
                .contains("#DIV/0!", "#REF!");
    }

    @Test
    void refusesMappingsThatNameWhatThereIsNot() throws IOException {
        mapping(SellersMapping.YAML.replace("column: Price", "column: Prize"));
        brokeOff(csv("No,Name,Price\nS-1,Ann,1\n"), "SOURCE_COLUMN_UNKNOWN", "did you mean 'Price'?");
        mapping(SellersMapping.YAML.replace("DECIMAL(12,2)", "MONEY"));
        csv("No,Name,Price\nS-1,Ann,1\n").refused(1, "there is no type 'MONEY'");
    }

    @Test
    void refusesATargetWhoseFieldsAreOfOtherTypes() throws IOException {
        csv("No,Name,Price\nS-1,Ann,1\n").fine();
        mapping(SellersMapping.YAML.replace("\"DECIMAL(12,2)\"", "BOOLEAN"));
        Invocation sync = csv("No,Name,Price\nS-1,Ann,true\n");
        sync.refused(1, "price");
        assertThat(sync.out()).contains("Outcome     FAILED");
        assertThat(names()).isEqualTo("S-1 Ann");
    }

    @Test
    void refusesATableThatIsAnotherPrograms() throws Exception {
        csv("No,Name,Price\nS-1,Ann,1\n").fine();
        execute("CREATE TABLE buyers (nr INTEGER PRIMARY KEY, who TEXT)");
        mapping(SellersMapping.YAML.replace("target: sellers", "target: buyers"));
        Invocation sync = csv("No,Name,Price\nS-1,Ann,1\n");
        sync.refused(4, "a table buyers that Holdfast did not make");
        assertThat(value("SELECT count(*) FROM buyers")).isEqualTo("0");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/server.db"));
    }

    private String names() {
        return value("SELECT group_concat(id || ' ' || name, ', ') FROM sellers");
    }

    private String value(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
