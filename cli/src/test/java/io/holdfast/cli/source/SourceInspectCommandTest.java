package io.holdfast.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.frame.RecordedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceInspectCommandTest {

    private static final String SHEET = """
            Sales of March,,
            Town,Price,Sale date
            Bathgate," 178,000 ",19/01/17
            Bathgate," -   ",05/02/17
            Bathgate," -   ",05/02/17
            ,,
            """;

    @TempDir
    private Path folder;

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void saysWhatItUnderstood() throws IOException {
        assertThat(inspect(Files.writeString(folder.resolve("sales.csv"), SHEET)))
                .isZero();
        assertThat(recorded.out())
                .contains(
                        "row 2",
                        "UTF-8, divided by commas, lines end in LF",
                        "3 records and 1 blank (1 of them at the end)")
                .contains("1 records repeat an earlier one")
                .containsPattern("B +Price +INTEGER +3")
                .containsPattern("C +Sale date +DATE +3 +DD/MM/YY");
    }

    @Test
    void printsTheSameForPrograms() throws IOException {
        assertThat(inspect(Files.writeString(folder.resolve("sales.csv"), SHEET), "--json"))
                .isZero();
        assertThat(recorded.out())
                .contains("\"headerRow\":2", "\"rows\":4", "\"blank\":1", "\"records\":3", "\"duplicates\":1")
                .contains("\"dates\":{\"order\":\"DAY_MONTH_YEAR\",\"ambiguous\":false,\"serials\":false}");
    }

    @Test
    void refusesASheetThatIsNotThere() throws IOException {
        assertThat(inspect(Files.writeString(folder.resolve("sales.csv"), SHEET), "--sheet", "April"))
                .isEqualTo(1);
        assertThat(recorded.err()).contains("has no sheet named 'April'");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(inspect(folder.resolve("nowhere.csv"))).isEqualTo(2);
        assertThat(recorded.err()).contains("nowhere.csv does not exist; check the path.");
    }

    @Test
    void refusesAFileThatIsNoSheet() throws IOException {
        assertThat(inspect(Files.writeString(folder.resolve("page.xls"), "<html></html>"), "--json"))
                .isEqualTo(1);
        assertThat(recorded.err()).contains("\"code\":\"SOURCE_FORMAT\"");
    }

    private int inspect(Path file, String... options) {
        String[] arguments = new String[3 + options.length];
        System.arraycopy(new String[] {"source", "inspect", file.toString()}, 0, arguments, 0, 3);
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Holdfast.commands(recorded.terminal()).execute(arguments);
    }
}
