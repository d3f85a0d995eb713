package io.holdfast.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.ColumnType;
import io.holdfast.sources.table.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in cells of workbooks, on files that other people's readers stumbled over. */
class WorkbookTest {

    @TempDir
    private Path folder;

    @Test
    void countsDaysFrom1904WhereTheWorkbookDoes() {
        List<Row> xlsx = TestSheets.rows(TestSheets.resource("calamine/date_1904.xlsx"));
        assertThat(xlsx).isEqualTo(TestSheets.rows(TestSheets.resource("calamine/date_1904.xls")));
        assertThat(xlsx.getFirst().cell(0)).isEqualTo(new Cell.Day(LocalDate.of(2021, 1, 1)));
    }

    @Test
    void readsFormulasByTheirSavedValueAndErrorsAsErrors() throws IOException {
        Path file = TestSheets.xlsx(folder, """
                <row r="2"><c r="A2"><f>1/0</f></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>\
                <c r="C2"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r="D2" t="str"><f>"a"</f><v>a</v></c>\
                <c r="E2" t="b"><v>1</v></c></row>""");
        assertThat(TestSheets.rows(file))
                .containsExactly(new Row(
                        2,
                        List.of(
                                Cell.Failed.UNSAVED,
                                new Cell.Failed("#DIV/0!"),
                                new Cell.Numeral(new BigDecimal("0.3")),
                                new Cell.Text("a"),
                                new Cell.Flag(true))));
    }

    @Test
    void reportsFormulasThatWereSavedWithoutTheirValue() throws IOException {
        Path file = TestSheets.xlsx(folder, """
                <row r="1"><c r="A1" t="inlineStr"><is><t>sum</t></is></c><c r="B1" t="inlineStr"><is><t>text</t></is></c></row>\
                <row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>\
                <row r="3"><c r="A3"><f>A2+1</f><v></v></c><c r="B3"><f>A2</f></c></row>""");
        Table table = TestSheets.table(file);
        assertThat(table.columns()).extracting(Column::unsaved).containsExactly(1L, 1L);
        assertThat(table.columns().getFirst().type()).isEqualTo(ColumnType.INTEGER);
        assertThat(table.columns().getFirst().oddCount()).isEqualTo(1);
        assertThat(table.columns().getFirst().odd()).containsExactly(new Column.OddCell("A3", "formula without value"));
        assertThat(table.columns().get(1).filled())
                .as("an empty text is a value")
                .isEqualTo(1);
    }

    @Test
    void leavesPhoneticGuidesOut() {
        assertThat(TestSheets.rows(TestSheets.resource("calamine/rph.xlsx")).toString())
                .isEqualTo("[Row[number=1, cells=[Text[text=\u8ab2\u304d\u304f\u3000\u6bdb\u3053]]]]");
    }

    @Test
    void fillsMergedCellsBelowTheHeader() throws IOException {
        String rows = "<row r=\"1\">" + inline("A1", "town") + inline("B1", "lot") + "</row><row r=\"2\">"
                + inline("A2", "Bathgate")
                + "<c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>2</v></c></row>";
        String sheet = TestSheets.sheet(rows)
                .replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>");
        Path file = TestSheets.xlsx(folder, Map.of("xl/worksheets/sheet1.xml", sheet));
        assertThat(TestSheets.rows(file).get(2).cell(0)).isEqualTo(Cell.Blank.CELL);
        assertThat(TestSheets.records(file).get(1).cell(0)).isEqualTo(new Cell.Text("Bathgate"));
    }

    @Test
    void findsTheMergedRangesOfOldWorkbooks() {
        try (SheetFile file = TestSheets.open(TestSheets.resource("calamine/merge_cells.xls"))) {
            assertThat(file.merges("Sheet1")).hasSize(3);
        }
        try (SheetFile file = TestSheets.open(TestSheets.resource("calamine/merged_range.xlsx"))) {
            assertThat(file.merges("Sheet1")).hasSize(9);
            assertThat(file.merges("Sheet2")).hasSize(6);
        }
    }

    @Test
    void tellsHiddenSheets() {
        try (SheetFile file = TestSheets.open(TestSheets.resource("poi/TwoSheetsOneHidden.xlsx"))) {
            assertThat(file.sheets()).extracting(SheetName::hidden).containsExactlyInAnyOrder(true, false);
        }
    }

    private static String inline(String reference, String text) {
        return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }
}
