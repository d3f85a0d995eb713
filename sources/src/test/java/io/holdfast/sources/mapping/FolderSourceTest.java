package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.TestSheets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files as one source. */
class FolderSourceTest {

    private static final Mapping MAPPING = MappingReader.read("""
            target: sellers
            fields:
              number: {column: No, type: INTEGER}
              name: {column: Name, type: TEXT}
            key: [number]
            """);

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("sellers"));
    }

    @Test
    void readsFilesOfAnyKindInTheOrderOfTheirNames() throws IOException {
        write("2.csv", "Name;No\nBea;2\n\nCleo;3\n");
        write("1.csv", "No,Name\n1,Ann\n");
        Files.move(
                TestSheets.xlsx(
                        folder,
                        Map.of(
                                "xl/worksheets/sheet1.xml",
                                TestSheets.sheet("<row r=\"1\">"
                                        + inline("A1", "No") + inline("B1", "Name")
                                        + "</row><row r=\"2\"><c r=\"A2\"><v>4</v></c>"
                                        + inline("B2", "Dan") + "</row>"))),
                folder.resolve("3.xlsx"));
        write(".hidden.csv", "x\n");
        write("~$3.xlsx", "lock");
        Files.createDirectory(folder.resolve("older"));
        try (MappedRecords records = source().open()) {
            List<MappedRow> rows = Sheets.rows(records);
            assertThat(rows)
                    .extracting(row -> row.origin() + " " + row.key().orElse(""))
                    .containsExactly("1.csv row 2 1", "2.csv row 2 2", "2.csv row 4 3", "3.xlsx row 2 4");
            assertThat(records.counts()).isEqualTo(new RowCounts(5, 1, 0, 0, 0));
        }
    }

    /** Whatever else stands in the folder, it is known by its sheets. */
    @Test
    void isKnownByTheNamesAndTheBytesOfItsFiles() throws IOException {
        write("1.csv", "No,Name\n1,Ann\n");
        write("2.csv", "No,Name\n2,Bea\n");
        Optional<String> known = source().fingerprint();
        write(".hidden.csv", "x\n");
        write("2.csv", "No,Name\n2,Bea\n");
        assertThat(source().fingerprint()).isPresent().isEqualTo(known);
        write("2.csv", "No,Name\n2,Bob\n");
        assertThat(source().fingerprint()).isPresent().isNotEqualTo(known);
        write("2.csv", "No,Name\n2,Bea\n");
        Files.move(folder.resolve("2.csv"), folder.resolve("3.csv"));
        assertThat(source().fingerprint()).isPresent().isNotEqualTo(known);
        Files.delete(folder.resolve("1.csv"));
        Files.delete(folder.resolve("3.csv"));
        assertThat(source().fingerprint()).as("nothing can be read").isEmpty();
    }

    @Test
    void tellsKeysThatRepeatInAnotherFile() throws IOException {
        write("1.csv", "No,Name\n1,Ann\n2,Bea\n");
        write("2.csv", "No,Name\n1,Ann\n2,Bob\n");
        List<MappedRow> rows = Sheets.rows(source());
        assertThat(rows.get(2).outcome())
                .isInstanceOfSatisfying(
                        MappedRow.Repeat.class,
                        repeat -> assertThat(repeat.first()).isEqualTo(new RowOrigin("1.csv", 2)));
        assertThat(rows.get(3).outcome())
                .isInstanceOfSatisfying(
                        MappedRow.Clash.class,
                        clash -> assertThat(clash.first()).isEqualTo(new RowOrigin("1.csv", 3)));
    }

    @Test
    void refusesTheFolderBeforeItsFirstRowIfAFileLacksAColumn() throws IOException {
        write("1.csv", "No,Name\n1,Ann\n");
        write("2.csv", "No,Label\n2,Bea\n");
        assertThatThrownBy(() -> source().open())
                .hasMessageContaining("no column 'Name'")
                .hasMessageContaining("of 2.csv")
                .satisfies(code(ErrorCode.SOURCE_COLUMN_UNKNOWN));
    }

    @Test
    void refusesTheFolderIfAFileIsNoSheet() throws IOException {
        write("1.csv", "No,Name\n1,Ann\n");
        write("2.html", "<html></html>");
        assertThatThrownBy(() -> source().open()).satisfies(code(ErrorCode.SOURCE_FORMAT));
    }

    @Test
    void refusesAnEmptyFolder() {
        assertThatThrownBy(() -> source().open())
                .hasMessageContaining("holds no files")
                .satisfies(code(ErrorCode.SOURCE_FORMAT));
    }

    @Test
    void noticesFilesThatComeWhileItIsRead() throws IOException {
        write("1.csv", "No,Name\n1,Ann\n");
        try (MappedRecords records = source().open()) {
            assertThat(records.next()).isPresent();
            write("2.csv", "No,Name\n2,Bea\n");
            assertThatThrownBy(records::next).satisfies(code(ErrorCode.SOURCE_CHANGED));
        }
    }

    private RecordSource source() {
        return RecordSource.of(folder, MAPPING, Sheets.MEMORY_BYTES);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String inline(String reference, String text) {
        return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static ThrowingConsumer<Throwable> code(ErrorCode code) {
        return refused -> assertThat(((HoldfastException) refused).code()).isEqualTo(code);
    }
}
