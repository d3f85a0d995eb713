package io.holdfast.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not taken: each with a code and a sentence, never with half of its rows. */
class RefusalTest {

    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "calamine/pass_protected.xlsx, SOURCE_ENCRYPTED",
        "calamine/issue127.xlsb, SOURCE_FORMAT",
        "calamine/covered.ods, SOURCE_FORMAT",
        "calamine/biff5_write.xls, SOURCE_FORMAT",
    })
    void refusesWhatItCannotRead(String file, ErrorCode code) {
        refuses(TestSheets.resource(file), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"property/bronx.xlsx", "calamine/merge_cells.xls"})
    void refusesAWorkbookCutShortAnywhere(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TestSheets.resource(name));
        Path cut = folder.resolve("cut");
        for (int part = 1; part < 16; part++) {
            Files.write(cut, Arrays.copyOf(whole, whole.length * part / 16));
            refuses(cut, ErrorCode.SOURCE_DAMAGED);
        }
    }

    @Test
    void refusesAPartWhoseChecksumIsWrong() throws IOException {
        byte[] whole = Files.readAllBytes(TestSheets.xlsx(folder, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"));
        int crc = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("PK\u0001\u0002") + 16;
        whole[crc] ^= 1;
        refuses(Files.write(folder.resolve("flipped.xlsx"), whole), ErrorCode.SOURCE_DAMAGED);
    }

    @Test
    void stopsUnpackingAZipBomb() throws IOException {
        String bomb = TestSheets.sheet(
                "<row r=\"1\"><c t=\"inlineStr\"><is><t>" + " ".repeat(8 << 20) + "</t></is></c></row>");
        refuses(TestSheets.xlsx(folder, Map.of(SHEET, bomb)), ErrorCode.SOURCE_HOSTILE);
    }

    @Test
    void expandsNoEntities() throws IOException {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                + TestSheets.sheet("<row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row>");
        refuses(TestSheets.xlsx(folder, Map.of(SHEET, bomb)), ErrorCode.SOURCE_HOSTILE);
    }

    @Test
    void refusesACellWhoseTextIsMissing() throws IOException {
        refuses(TestSheets.xlsx(folder, "<row><c t=\"s\"><v>2000000000</v></c></row>"), ErrorCode.SOURCE_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XFE1", "ZZZZZZZ1"})
    void refusesColumnsBeyondTheLimit(String reference) throws IOException {
        Path file = TestSheets.xlsx(folder, "<row><c r=\"" + reference + "\"><v>1</v></c></row>");
        refuses(file, ErrorCode.SOURCE_TOO_LARGE);
    }

    @Test
    void takesTheLastColumn() throws IOException {
        Path file = TestSheets.xlsx(folder, "<row><c r=\"XFD1\"><v>1</v></c></row>");
        assertThat(TestSheets.rows(file).getFirst().cells()).hasSize(SheetLimits.COLUMNS_MAX);
    }

    @Test
    void takesTheLongestCellAndRefusesALonger() throws IOException {
        String longest = "x".repeat(SheetLimits.CELL_LENGTH_MAX);
        assertThat(TestSheets.rows(TestSheets.text(folder, "a,b\n" + longest + ",1\n"))
                        .get(1)
                        .cell(0))
                .isEqualTo(new Cell.Text(longest));
        refuses(TestSheets.text(folder, "a,b\n" + longest + "x,1\n"), ErrorCode.SOURCE_TOO_LARGE);
    }

    @Test
    void refusesStringsThatTheProcessHasNoMemoryFor() throws IOException {
        String strings = "<sst>" + "<si><t>some text</t></si>".repeat(100) + "</sst>";
        Path file = TestSheets.xlsx(folder, Map.of("xl/sharedStrings.xml", strings, SHEET, TestSheets.sheet("")));
        assertThatThrownBy(() -> SheetFiles.open(file, 1_000).close())
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE));
    }

    @Test
    void refusesTextWithAQuoteThatIsNeverClosed() throws IOException {
        refuses(TestSheets.text(folder, "a,b\n1,\"2\n3,4\n"), ErrorCode.SOURCE_DAMAGED);
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        byte[] bytes = {1, 0, 0, 2, 0, 3, 0, 0};
        refuses(Files.write(folder.resolve("noise.csv"), bytes), ErrorCode.SOURCE_FORMAT);
    }

    @Test
    void noticesThatTheFileChangedWhileItWasRead() throws IOException {
        Path file = TestSheets.text(folder, "a,b\n1,2\n");
        try (SheetFile opened = TestSheets.open(file);
                Rows rows = opened.rows("sheet")) {
            assertThat(rows.next()).isPresent();
            Files.writeString(file, "a,b\n1,2\n3,4\n");
            assertThatThrownBy(() -> {
                        while (rows.next().isPresent()) {
                            // to the end
                        }
                    })
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));
        }
    }

    private static void refuses(Path file, ErrorCode code) {
        assertThatThrownBy(() -> TestSheets.rows(file)).isInstanceOfSatisfying(HoldfastException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage())
                    .contains(file.getFileName().toString())
                    .endsWith(".");
        });
    }
}
