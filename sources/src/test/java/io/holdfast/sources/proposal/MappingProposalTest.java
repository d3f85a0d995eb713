package io.holdfast.sources.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.FieldType;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.TestSheets;
import io.holdfast.sources.mapping.DateForm;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.MappedField;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingJson;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.sources.mapping.MappingWriter;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.mapping.Remarks;
import io.holdfast.sources.mapping.Sheets;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is proposed works as it is. */
class MappingProposalTest {

    @TempDir
    private Path folder;

    /** Every sheet of every file in the resources that anybody else has made. */
    static List<Path> sheetsOfOthers() throws IOException {
        try (Stream<Path> files = Files.walk(TestSheets.resource("SOURCES.md").getParent())) {
            return files.filter(file -> file.toString().matches("(?i).*/(poi|calamine|csv-spectrum|property)/[^/]+"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sheetsOfOthers")
    void everySheetIsTakenAsProposedOrRefusedWithACode(Path file) {
        List<SheetName> sheets;
        try (SheetFile opened = TestSheets.open(file)) {
            sheets = opened.sheets();
        } catch (HoldfastException refused) {
            assertThat(refused.code().name()).startsWith("SOURCE_");
            return;
        }
        for (SheetName sheet : sheets) {
            Mapping mapping;
            try {
                mapping = proposal(file, Optional.of(sheet.name())).mapping();
            } catch (HoldfastException refused) {
                assertThat(refused.code().name()).startsWith("SOURCE_");
                continue;
            }
            RecordSource source = new FileSource(file, mapping, Sheets.MEMORY_BYTES);
            try (MappedRecords records = source.open()) {
                Sheets.rows(records);
                assertThat(records.counts().clashes()).as("the key is one").isZero();
                assertThat(records.counts().records())
                        .isEqualTo(table(file, sheet.name()).records());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sheetsOfOthers")
    void whatIsWrittenReadsTheSame(Path file) {
        MappingProposal proposal;
        try {
            proposal = proposal(file, Optional.empty());
        } catch (HoldfastException refused) {
            return; // the test before this one says which may be
        }
        String yaml = MappingWriter.yaml(proposal.mapping(), proposal.remarks());
        assertThat(MappingReader.read(yaml)).isEqualTo(proposal.mapping());
        assertThat(MappingReader.read(MappingJson.of(proposal.mapping()))).isEqualTo(proposal.mapping());
    }

    @Test
    void proposesTypesRequiredFieldsDatesAndTheSmallestKey() throws IOException {
        MappingProposal proposal = proposal(csv("""
                Seller No,Name,Zip,Price,Sold,Note,Empty
                1,Ann,00501,12.50,19/01/17,,
                2,Ann,10458,"1,200",05/02/17,x,
                """));
        Mapping mapping = proposal.mapping();
        assertThat(mapping.target()).isEqualTo("sheet");
        assertThat(mapping.fields())
                .extracting(field -> field.name() + " " + field.field().type()
                        + (field.field().constraints().required() ? " required" : ""))
                .containsExactly(
                        "seller_no INTEGER required",
                        "name TEXT required",
                        "zip TEXT required",
                        "price DECIMAL(18,1) required",
                        "sold TEXT required",
                        "note TEXT");
        assertThat(mapping.field("sold").orElseThrow().dates()).contains(DateForm.DAY_MONTH_YEAR);
        assertThat(mapping.key()).containsExactly("seller_no");
        assertThat(MappingWriter.yaml(mapping, proposal.remarks()))
                .contains("# Column E, filled in all records.")
                .contains("# Days are read as DD/MM/YY: no other order fits as many.")
                .contains("# Left out: Empty (column G), in which nothing stands.")
                .contains("# The smallest set of fields that tells all 2 different records apart.");
    }

    @Test
    void takesTheWholeRowWhereNothingLessIsAKey() throws IOException {
        MappingProposal proposal = proposal(csv("a,b\n1,\n1,x\n,x\n"));
        assertThat(proposal.mapping().key()).isEmpty();
        assertThat(MappingWriter.yaml(proposal.mapping(), proposal.remarks())).contains("\nkey: row\n");
    }

    @Test
    void saysWhereDaysCouldBeReadOtherwise() throws IOException {
        MappingProposal proposal = proposal(csv("day\n01/02/17\n03/04/17\n"));
        assertThat(MappingWriter.yaml(proposal.mapping(), proposal.remarks()))
                .contains("though another order fits them all too: check it.");
    }

    @Test
    void keepsNumbersExactWhereTheyAreLong() throws IOException {
        Path file = csv("""
                a,b,c
                1234567890123456789,0.1234567890123456789,12345678901234567890123456789.1
                1,0,0.12345678901234567890
                """);
        Mapping mapping = proposal(file).mapping();
        assertThat(mapping.fields())
                .extracting(field -> field.field().type())
                .containsExactly(new FieldType.Decimal(38, 0), new FieldType.Decimal(38, 19), FieldType.Simple.REAL);
    }

    @Test
    void takesASheetThatHasAHeaderOnly() throws IOException {
        Mapping mapping = proposal(csv("Seller,Name\n")).mapping();
        assertThat(mapping.fields()).extracting(MappedField::name).containsExactly("seller", "name");
        assertThat(mapping.fields())
                .noneMatch(field -> field.field().constraints().required());
    }

    @Test
    void refusesAnEmptySheet() throws IOException {
        Path empty = csv("");
        assertThatThrownBy(() -> proposal(empty))
                .hasMessageContaining("is empty; name another sheet, or fill it")
                .extracting(refused -> ((HoldfastException) refused).code())
                .isEqualTo(ErrorCode.SOURCE_FORMAT);
    }

    @Test
    void refusesMoreColumnsThanACollectionTakes() throws IOException {
        String header = IntStream.range(0, 10_000).mapToObj(n -> "c" + n).collect(Collectors.joining(","));
        Path wide = csv(header + "\n" + header.replace('c', '1') + "\n");
        assertThatThrownBy(() -> proposal(wide))
                .hasMessageContaining("has 10000 columns, and a collection at most 256 fields")
                .extracting(refused -> ((HoldfastException) refused).code())
                .isEqualTo(ErrorCode.SOURCE_TOO_LARGE);
    }

    @Test
    void namesFieldsSoThatEveryDatabaseTakesThem() throws IOException {
        Path file = csv("id,ID,Prénom,2017,\u756a\u53f7,null,a b,a-b,source_missing\n1,2,3,4,5,6,7,8,9\n");
        assertThat(proposal(file).mapping().fields())
                .extracting(MappedField::name)
                .containsExactly(
                        "source_id",
                        "source_id_2",
                        "prenom",
                        "n_2017",
                        "column_e",
                        "null",
                        "a_b",
                        "a_b_2",
                        "source_missing_2");
        assertThat(MappingReader.read(MappingWriter.yaml(proposal(file).mapping(), Remarks.NONE)))
                .isEqualTo(proposal(file).mapping());
    }

    private Path csv(String text) throws IOException {
        return TestSheets.text(folder, text);
    }

    private static MappingProposal proposal(Path file) {
        return proposal(file, Optional.empty());
    }

    private static MappingProposal proposal(Path file, Optional<String> sheet) {
        return MappingProposal.of(
                new MappingProposal.Subject("the test", "sheet", sheet),
                table(file, sheet.orElse("")),
                mapping -> new FileSource(file, mapping, Sheets.MEMORY_BYTES));
    }

    private static Table table(Path file, String sheet) {
        try (SheetFile opened = SheetFiles.open(file, Sheets.MEMORY_BYTES)) {
            return TableReader.read(opened, sheet.isEmpty() ? opened.firstVisible() : sheet);
        }
    }
}
