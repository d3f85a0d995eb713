package io.holdfast.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.frame.RecordedTerminal;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMapCommandTest {

    @TempDir
    private Path folder;

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void printsAMappingWithReasonsThatCanBeReadBack() throws IOException {
        assertThat(map()).isZero();
        assertThat(recorded.out())
                .startsWith("# Proposed for sellers 2026.csv: 2 records")
                .contains("# Column B, filled in all records.");
        Mapping mapping = MappingReader.read(recorded.out());
        assertThat(mapping.target()).isEqualTo("sellers_2026");
        assertThat(mapping.key()).containsExactly("seller_no");
    }

    @Test
    void printsTheSameForPrograms() throws IOException {
        assertThat(map("--json", "--target", "vendors")).isZero();
        assertThat(recorded.out()).startsWith("{\"target\":\"vendors\"").contains("\"key\":[\"seller_no\"]");
        assertThat(MappingReader.read(recorded.out()).target()).isEqualTo("vendors");
    }

    @Test
    void namesTheSheetThatWasAskedFor() throws IOException {
        assertThat(map("--sheet", "sellers 2026")).isZero();
        assertThat(MappingReader.read(recorded.out()).sheet()).contains("sellers 2026");
    }

    @Test
    void asksForAKeyBeforeItReadsFromGoogle() {
        String address = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789/edit#gid=0";
        assertThat(Holdfast.commands(recorded.terminal()).execute("source", "inspect", address))
                .isEqualTo(2);
        assertThat(recorded.err()).contains("HOLDFAST_GOOGLE_KEY_FILE");
    }

    @Test
    void refusesOtherAddresses() {
        assertThat(Holdfast.commands(recorded.terminal()).execute("source", "map", "http://localhost/x.csv"))
                .isEqualTo(2);
        assertThat(recorded.err()).contains("Only spreadsheets of Google Sheets are read from an address");
    }

    private int map(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("sellers 2026.csv"), "Seller No,Name\n1,Ann\n2,Ann\n");
        String[] arguments = new String[3 + options.length];
        System.arraycopy(new String[] {"source", "map", file.toString()}, 0, arguments, 0, 3);
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Holdfast.commands(recorded.terminal()).execute(arguments);
    }
}
