package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows: records, rows that cannot be taken, repeats, clashes. */
class MappedRecordsTest {

    private static final String MAPPING = """
            target: sellers
            fields:
              number: {column: No, type: TEXT, format: "S-[0-9]+", normalise: [trim, width, upper]}
              units: {column: Units, type: INTEGER, required: true}
              price: {column: Price, type: "DECIMAL(12,2)"}
            key: [number]
            """;

    @TempDir
    private Path folder;

    @Test
    void makesRecordsOfRows() throws IOException {
        List<MappedRow> rows = rows("No,Units,Price\n\uff53-\uff11 ,\" 1,200 \",12.5\nS-2,-,\n");
        assertThat(rows)
                .containsExactly(
                        new MappedRow(
                                new RowOrigin("sheet.csv", 2),
                                Optional.of("S-1"),
                                new MappedRow.Fit(
                                        new RecordKey("sellers", "S-1"),
                                        new TreeMap<>(Map.of(
                                                "number",
                                                new Value.Text("S-1"),
                                                "units",
                                                new Value.Int(1200),
                                                "price",
                                                new Value.Decimal(new BigDecimal("12.50")))))),
                        new MappedRow(
                                new RowOrigin("sheet.csv", 3),
                                Optional.of("S-2"),
                                new MappedRow.Fit(
                                        new RecordKey("sellers", "S-2"),
                                        new TreeMap<>(Map.of(
                                                "number",
                                                new Value.Text("S-2"),
                                                "units",
                                                new Value.Int(0),
                                                "price",
                                                Value.NULL)))));
    }

    @Test
    void v30OneRowThatCannotBeTakenStopsNoOther() throws IOException {
        List<MappedRow> rows = rows("No,Units,Price\nS-1,1,1\nS-2,many,1\nS-3,3,1\n");
        assertThat(rows)
                .extracting(row -> row.outcome().getClass().getSimpleName())
                .containsExactly("Fit", "Unfit", "Fit");
    }

    @Test
    void v32RequiredFieldsAreChecked() throws IOException {
        MappedRow row = rows("No,Units,Price\nS-1,  ,1\n").getFirst();
        assertThat(defects(row)).singleElement().satisfies(defect -> {
            assertThat(defect.cell()).isEqualTo("B2");
            assertThat(defect.violation().code()).isEqualTo(ErrorCode.FIELD_REQUIRED);
            assertThat(defect.violation().field()).isEqualTo("units");
        });
        assertThat(row.key()).contains("S-1");
    }

    @Test
    void v33TheFormatOfTheSellerNumberIsChecked() throws IOException {
        MappedRow row = rows("No,Units,Price\nT-1,1,1\n").getFirst();
        assertThat(defects(row)).singleElement().satisfies(defect -> {
            assertThat(defect.cell()).isEqualTo("A2");
            assertThat(defect.violation().code()).isEqualTo(ErrorCode.FIELD_PATTERN);
            assertThat(defect.violation().value()).isEqualTo("T-1");
            assertThat(defect.violation().advice()).contains("S-[0-9]+");
        });
    }

    @Test
    void tellsAllThatIsWrongWithARow() throws IOException {
        MappedRow row = rows("No,Units,Price\n,1.5,1.234\n").getFirst();
        assertThat(defects(row))
                .extracting(defect -> defect.cell() + " " + defect.violation().code())
                .containsExactlyInAnyOrder("A2 FIELD_REQUIRED", "B2 FIELD_PRECISION", "C2 FIELD_PRECISION");
        assertThat(row.key()).isEmpty();
    }

    @Test
    void tellsRepeatsFromClashes() throws IOException {
        List<MappedRow> rows = rows("No,Units,Price\nS-1,1,1\nS-2,1,1\ns-1,1,1.00\n\nS-1,2,1\n");
        assertThat(rows.get(2).outcome())
                .isEqualTo(new MappedRow.Repeat(new RecordKey("sellers", "S-1"), new RowOrigin("sheet.csv", 2)));
        assertThat(rows.get(3).row()).isEqualTo(6);
        assertThat(rows.get(3).outcome()).isInstanceOfSatisfying(MappedRow.Clash.class, clash -> {
            assertThat(clash.first()).isEqualTo(new RowOrigin("sheet.csv", 2));
            assertThat(clash.values()).containsEntry("units", new Value.Int(2));
        });
    }

    @Test
    void countsRowsAsTheyStandBelowTheHeader() throws IOException {
        RecordSource source = Sheets.source(
                folder, MAPPING, "banner\n\nNo,Units,Price\nS-1,1,1\n\n,,\nS-1,1,1\nS-1,2,1\nS-2,x,1\n\n\n");
        try (MappedRecords records = source.open()) {
            Sheets.rows(records);
            RowCounts counts = records.counts();
            assertThat(counts).isEqualTo(new RowCounts(8, 4, 1, 1, 1));
            assertThat(counts.records()).isEqualTo(4);
            assertThat(counts.fit()).isEqualTo(1);
        }
    }

    @Test
    void readsTheSameEachTimeItIsOpened() throws IOException {
        RecordSource source = Sheets.source(folder, MAPPING, "No,Units,Price\nS-1,1,1\nS-1,1,1\n");
        assertThat(Sheets.rows(source)).hasSize(2).isEqualTo(Sheets.rows(source));
    }

    @Test
    void findsColumnsWhereverTheyStandBelowABanner() throws IOException {
        List<MappedRow> rows = rows("Sellers of 2026,,,\n,,,\nPrice, Units ,Else,\"No\"\n1,2,x,S-1\n");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.row()).isEqualTo(4);
            assertThat(row.outcome()).isInstanceOf(MappedRow.Fit.class);
        });
    }

    @Test
    void refusesASheetThatLacksAColumn() throws IOException {
        RecordSource source = Sheets.source(folder, MAPPING, "No,Unit,Price\nS-1,1,1\n");
        assertThatThrownBy(source::open)
                .hasMessageContaining("no column 'Units' (did you mean 'Unit'?) in row 1")
                .extracting(refused -> ((HoldfastException) refused).code())
                .isEqualTo(ErrorCode.SOURCE_COLUMN_UNKNOWN);
    }

    @Test
    void tellsColumnsOfOneNameApartByANumber() throws IOException {
        String mapping = """
                target: sums
                fields: {first: {column: Sum, type: INTEGER}, second: {column: Sum (2), type: INTEGER}}
                key: row
                """;
        assertThat(Sheets.rows(folder, mapping, "Sum,Sum\n1,2\n").getFirst().outcome())
                .isInstanceOfSatisfying(
                        MappedRow.Fit.class,
                        fit -> assertThat(fit.values())
                                .containsEntry("first", new Value.Int(1))
                                .containsEntry("second", new Value.Int(2)));
    }

    @Test
    void readsASheetWithoutHeaderByLetters() throws IOException {
        String mapping = """
                target: pairs
                header: none
                fields: {a: {column: A, type: INTEGER}, b: {column: B, type: TEXT}}
                key: [a]
                """;
        assertThat(Sheets.rows(folder, mapping, "1,x\n2,y\n"))
                .extracting(MappedRow::row)
                .containsExactly(1L, 2L);
    }

    @Test
    void takesTheHeaderOfTheRowThatTheMappingNames() throws IOException {
        String csv = "No,Units,Price\nS-1,1,1\nNo,Units,Price\nS-3,3,3\n";
        assertThat(Sheets.rows(folder, "header: 3\n" + MAPPING, csv))
                .extracting(MappedRow::row)
                .containsExactly(4L);
    }

    @Test
    void findsItsColumnsAmongTenThousand() throws IOException {
        String header = IntStream.range(0, 10_000).mapToObj(n -> "c" + n).collect(Collectors.joining(","));
        String mapping = "target: t\nfields: {last: {column: c9999, type: INTEGER}}\nkey: [last]\n";
        MappedRow row = Sheets.rows(folder, mapping, header + "\n" + header.replace("c", "") + "\n")
                .getFirst();
        assertThat(row.key()).contains("9999");
    }

    @Test
    void keepsTheLongestCellWhole() throws IOException {
        String mapping = "target: t\nfields: {text: {column: Text, type: TEXT}}\nkey: [text]\n";
        String longest = "x".repeat(32_767);
        assertThat(Sheets.rows(folder, mapping, "Text\n" + longest + "\n")
                        .getFirst()
                        .outcome())
                .isInstanceOfSatisfying(MappedRow.Fit.class, fit -> {
                    assertThat(fit.values()).containsEntry("text", new Value.Text(longest));
                    assertThat(fit.record().id()).startsWith("#");
                });
    }

    @Test
    void isNotHeldUpByAPatternThatBacktracks() throws IOException {
        String mapping = "target: t\nfields: {text: {column: Text, type: TEXT, format: '(.*a){25}b'}}\nkey: row\n";
        MappedRow row = Sheets.rows(folder, mapping, "Text\n" + "a".repeat(1_000) + "\n")
                .getFirst();
        assertThat(defects(row).getFirst().violation().advice()).contains("takes too long");
    }

    private List<MappedRow> rows(String csv) throws IOException {
        return Sheets.rows(folder, MAPPING, csv);
    }

    private static List<Defect> defects(MappedRow row) {
        assertThat(row.outcome()).isInstanceOf(MappedRow.Unfit.class);
        return ((MappedRow.Unfit) row.outcome()).defects();
    }
}
