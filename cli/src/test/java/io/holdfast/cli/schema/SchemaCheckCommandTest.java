package io.holdfast.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.frame.RecordedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCheckCommandTest {

    @TempDir
    private Path folder;

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void saysThatASoundSchemaIsSound() throws IOException {
        String schema = """
                {"name": "journal", "version": 2, "collections": {"entries": {"fields": {"note": {"type": "TEXT"}}}}}""";
        assertThat(check(schema)).isZero();
        assertThat(recorded.out())
                .isEqualTo("The schema journal, version 2, is sound: entries with 1 field." + System.lineSeparator());
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() throws IOException {
        String schema = """
                {"name": "journal", "version": 1, "collections": {"entries": {"fields": {
                    "note": {"type": "STRING"}, "count": {"type": "TEXT", "merge": "COUNTER"}}}}}""";
        assertThat(check(schema)).isEqualTo(1);
        assertThat(recorded.err()).contains("note").contains("count").doesNotContain("\tat ");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(execute(folder.resolve("nowhere.json"))).isEqualTo(2);
        assertThat(recorded.err()).contains("nowhere.json does not exist; check the path.");
    }

    private int check(String schema) throws IOException {
        return execute(Files.writeString(folder.resolve("schema.json"), schema));
    }

    private int execute(Path file) {
        return Holdfast.commands(recorded.terminal()).execute("schema", "check", file.toString());
    }
}
