package io.holdfast.cli.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Holdfast;
import io.holdfast.cli.frame.RecordedTerminal;
import io.holdfast.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorsCommandTest {

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void theCommittedPageIsUpToDate() throws IOException {
        assertThat(execute("errors", "--markdown")).isZero();
        assertThat(Files.readString(Path.of("..", "docs", "errors.md")))
                .as("docs/errors.md; write it anew with: ./holdfast errors --markdown > docs/errors.md")
                .isEqualTo(recorded.out());
    }

    @Test
    void explainsOneCode() {
        assertThat(execute("errors", "store_in_use")).isZero();
        assertThat(recorded.out())
                .startsWith("STORE_IN_USE  (exit code 1)")
                .contains(ErrorCode.STORE_IN_USE.cause(), ErrorCode.STORE_IN_USE.action());
    }

    @Test
    void listsEveryCodeForPrograms() {
        assertThat(execute("errors", "--json")).isZero();
        assertThat(recorded.out().lines()).hasSize(ErrorCode.values().length);
    }

    @Test
    void refusesACodeThatDoesNotExist() {
        assertThat(execute("errors", "NO_SUCH_CODE")).isEqualTo(2);
        assertThat(recorded.err()).contains("There is no error code NO_SUCH_CODE");
    }

    private int execute(String... args) {
        return Holdfast.commands(recorded.terminal()).execute(args);
    }
}
