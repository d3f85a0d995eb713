package io.holdfast.sources.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.TestSheets;
import io.holdfast.sources.sheet.Cell;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

    @TempDir
    private Path folder;

    @Test
    void countsBlankRowsAndThoseAtTheEnd() throws IOException {
        Table table = table("a,b\n1,x\n,\n2,y\n" + " , \n".repeat(3_000));
        assertThat(List.of(table.rows(), table.blank(), table.trailingBlank(), table.records()))
                .containsExactly(3_003L, 3_001L, 3_000L, 2L);
    }

    @Test
    void countsExactRepeatsWhateverTheirPadding() throws IOException {
        assertThat(table("a,b\n1,x\n1, x \n1,y\n1,x\n").duplicates()).isEqualTo(2);
    }

    @Test
    void countsRepeatsAmongManyRows() throws IOException {
        StringBuilder text = new StringBuilder("n,t\n");
        for (int number = 0; number < 20_000; number++) {
            text.append(number % 15_000).append(",x\n");
        }
        assertThat(table(text.toString()).duplicates()).isEqualTo(5_000);
    }

    @Test
    void makesOneLineOfAHeaderAndDifferentNamesOfEqualOnes() throws IOException {
        Table table = table("\" SALE\nPRICE \",SALE PRICE,,note\n1,2,3,x\n");
        assertThat(table.columns())
                .extracting(Column::name)
                .containsExactly("SALE PRICE", "SALE PRICE (2)", "C", "note");
    }

    @Test
    void saysThatASheetHasNoHeader() throws IOException {
        Table table = table("1,x\n2,y\n3,z\n");
        assertThat(table.headerRow()).isEmpty();
        assertThat(table.records()).isEqualTo(3);
        assertThat(table.columns()).extracting(Column::name).containsExactly("A", "B");
    }

    @Test
    void takesYearsAsNamesOfColumns() throws IOException {
        assertThat(table("country,1960,1961\nAfghanistan,54.5,55.1\nAlbania,1.2,1.3\n")
                        .headerRow())
                .hasValue(1);
    }

    @Test
    void decidesTheOrderOfDatesByTheWholeColumn() throws IOException {
        assertThat(dates("when\n01/02/17\n13/02/17\n"))
                .hasValue(new DateReading(DateOrder.DAY_MONTH_YEAR, false, false));
        assertThat(dates("when\n01/02/17\n02/13/17\n"))
                .hasValue(new DateReading(DateOrder.MONTH_DAY_YEAR, false, false));
        assertThat(dates("when\n2017-02-01\n")).hasValue(new DateReading(DateOrder.YEAR_MONTH_DAY, false, false));
    }

    @Test
    void saysThatTheOrderOfDatesIsAChoice() throws IOException {
        assertThat(dates("when\n01/02/17\n03/04/17\n"))
                .hasValue(new DateReading(DateOrder.DAY_MONTH_YEAR, true, false));
    }

    @Test
    void readsSerialsWhereTheColumnIsNamedADate() throws IOException {
        Path file = TestSheets.text(folder, "sale date,lot\n42754,42754\n");
        assertThat(TestSheets.records(file).getFirst().cells())
                .containsExactly(new Cell.Day(LocalDate.of(2017, 1, 19)), new Cell.Numeral(BigDecimal.valueOf(42_754)));
    }

    @Test
    void keepsLeadingZerosAndMixturesAsText() throws IOException {
        Table table = table("zip,class\n00501,1\n10457,2A\n");
        assertThat(table.columns()).extracting(Column::type).containsOnly(ColumnType.TEXT);
    }

    @Test
    void reportsTheFewCellsThatDoNotFit() throws IOException {
        Column price = table("price\n" + "5\n".repeat(150) + "n/a\n").columns().getFirst();
        assertThat(price.type()).isEqualTo(ColumnType.INTEGER);
        assertThat(price.oddCount()).isEqualTo(1);
        assertThat(price.odd()).containsExactly(new Column.OddCell("A152", "n/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "' 178,000 '; 178000",
                "(1,200); -1200",
                "$5.50; 5.5",
                "-3; -3",
                "\uff11\uff12\uff13; 123",
                "1.5E+3; 1500",
                "\u00a57; 7",
                ".5; 0.5",
                "-$4; -4"
            })
    void readsNumbersAsPeopleWriteThem(String text, BigDecimal number) {
        assertThat(NumberText.parse(NumberText.plain(text)).map(Cell.Numeral::new))
                .hasValue(new Cell.Numeral(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1,2", "12,34", "007", "(5", "5)", "1E5", "1.2.3", "a1", ".", "$", "()"})
    void takesNothingElseAsANumber(String text) {
        assertThat(NumberText.parse(NumberText.plain(text))).isEmpty();
    }

    @Test
    void takesADashAmongNumbersAsZero() throws IOException {
        Path file = TestSheets.text(folder, "price,x\n\" -   \",a\n5,b\n");
        assertThat(TestSheets.records(file).getFirst().cell(0)).isEqualTo(new Cell.Numeral(BigDecimal.ZERO));
    }

    private Optional<DateReading> dates(String text) throws IOException {
        return table(text).columns().getFirst().dates();
    }

    private Table table(String text) throws IOException {
        return TestSheets.table(TestSheets.text(folder, text));
    }
}
