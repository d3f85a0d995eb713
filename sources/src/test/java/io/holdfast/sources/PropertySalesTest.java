package io.holdfast.sources;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.value.Value;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.proposal.MappingProposal;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.TextLayout.LineEnd;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.ColumnType;
import io.holdfast.sources.table.DateOrder;
import io.holdfast.sources.table.DateReading;
import io.holdfast.sources.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.DateUtil;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first 300 sales of the Bronx, as the city publishes them: one table in three kinds of files. */
class PropertySalesTest {

    private static final long MEMORY_BYTES = 64L << 20;
    private static final Path CSV = TestSheets.resource("property/bronx.csv");
    private static final Path XLSX = TestSheets.resource("property/bronx.xlsx");

    @TempDir
    private Path folder;

    @Test
    void readsTheSameRecordsFromTextAndWorkbook() {
        List<Row> fromText = TestSheets.records(CSV);
        assertThat(fromText).hasSize(300).isEqualTo(TestSheets.records(XLSX));
    }

    @Test
    void readsTheSameRecordsFromTheOldKindOfWorkbook() throws IOException {
        Path xls = folder.resolve("bronx.xls");
        writeXls(TestSheets.rows(XLSX), xls);
        assertThat(TestSheets.records(xls)).hasSize(300).isEqualTo(TestSheets.records(XLSX));
    }

    @Test
    void findsTheHeaderBelowTheBanner() {
        Table table = TestSheets.table(CSV);
        assertThat(table.headerRow()).hasValue(5);
        assertThat(table.columns()).hasSize(21);
        assertThat(table.columns())
                .extracting(Column::name)
                .startsWith("BOROUGH", "NEIGHBORHOOD")
                .endsWith("SALE PRICE", "SALE DATE");
    }

    @Test
    void findsHowTheTextIsWritten() {
        try (SheetFile file = TestSheets.open(CSV)) {
            assertThat(file.layout()).hasValueSatisfying(layout -> {
                assertThat(layout.encoding()).isEqualTo(StandardCharsets.UTF_8);
                assertThat(layout.delimiter()).isEqualTo(',');
                assertThat(layout.lineEnd()).isEqualTo(LineEnd.CR);
            });
        }
    }

    @Test
    void takesPaddedPricesAsNumbersAndShortDatesAsDays() {
        Table table = TestSheets.table(CSV);
        assertThat(column(table, "SALE PRICE").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(column(table, "SALE DATE").dates())
                .isEqualTo(Optional.of(new DateReading(DateOrder.DAY_MONTH_YEAR, false, false)));
        Row first = TestSheets.records(CSV).getFirst();
        assertThat(first.cell(19)).isEqualTo(new Cell.Numeral(BigDecimal.valueOf(178_000)));
        assertThat(first.cell(20)).isEqualTo(new Cell.Day(LocalDate.of(2017, 1, 19)));
        assertThat(first.cell(6)).isEqualTo(Cell.Blank.CELL);
    }

    @Test
    void oneMappingMakesTheSameRecordsOfAllThreeKinds() throws IOException {
        Path xls = folder.resolve("bronx.xls");
        writeXls(TestSheets.rows(XLSX), xls);
        Mapping mapping = MappingProposal.of(
                        new MappingProposal.Subject("the Bronx", "sales", Optional.empty()),
                        TestSheets.table(CSV),
                        draft -> new FileSource(CSV, draft, MEMORY_BYTES))
                .mapping();
        List<MappedRow.Fit> fromText = outcomes(CSV, mapping);
        assertThat(fromText)
                .hasSize(299)
                .isEqualTo(outcomes(XLSX, mapping))
                .isEqualTo(outcomes(xls, mapping))
                .first()
                .extracting(MappedRow.Fit::values, as(InstanceOfAssertFactories.MAP))
                .containsEntry("sale_price", new Value.Int(178_000))
                .containsEntry("sale_date", new Value.Text("2017-01-19"));
    }

    private static List<MappedRow.Fit> outcomes(Path file, Mapping mapping) {
        List<MappedRow.Fit> outcomes = new ArrayList<>();
        try (MappedRecords records = new FileSource(file, mapping, MEMORY_BYTES).open()) {
            for (Optional<MappedRow> row = records.next(); row.isPresent(); row = records.next()) {
                if (row.get().outcome() instanceof MappedRow.Fit fit) {
                    outcomes.add(fit);
                }
            }
        }
        return outcomes;
    }

    private static Column column(Table table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void writeXls(List<Row> rows, Path file) throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                OutputStream out = Files.newOutputStream(file)) {
            HSSFCellStyle day = workbook.createCellStyle();
            day.setDataFormat(workbook.createDataFormat().getFormat("m/d/yy"));
            var sheet = workbook.createSheet("Bronx");
            for (Row row : rows) {
                HSSFRow written = sheet.createRow((int) row.number() - 1);
                for (int column = 0; column < row.cells().size(); column++) {
                    write(written.createCell(column), row.cell(column), day);
                }
            }
            workbook.write(out);
        }
    }

    private static void write(HSSFCell into, Cell cell, HSSFCellStyle dayStyle) {
        switch (cell) {
            case Cell.Text text -> into.setCellValue(text.text());
            case Cell.Numeral number -> into.setCellValue(number.number().doubleValue());
            case Cell.Day day -> {
                into.setCellValue(DateUtil.getExcelDate(day.day()));
                into.setCellStyle(dayStyle);
            }
            case Cell.Blank ignored -> {}
            case Cell.Moment moment -> throw new AssertionError(moment);
            case Cell.Clock clock -> throw new AssertionError(clock);
            case Cell.Flag flag -> throw new AssertionError(flag);
            case Cell.Failed failed -> throw new AssertionError(failed);
        }
    }
}
