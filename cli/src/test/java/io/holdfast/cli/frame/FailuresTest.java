package io.holdfast.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void printsAnExpectedFailureAsOneSentence() {
        int exitCode = execute(new HoldfastException(ErrorCode.SERVER_UNREACHABLE, "Nobody answers at port 8420."));

        assertThat(exitCode).isEqualTo(3);
        assertThat(recorded.err()).isEqualToIgnoringNewLines("holdfast: Nobody answers at port 8420.");
        assertThat(recorded.out()).isEmpty();
    }

    @Test
    void printsAnExpectedFailureAsJsonForPrograms() {
        HoldfastException failure =
                new HoldfastException(ErrorCode.FORBIDDEN, "Not with \"this\" token.", Map.of("scope", "ä"));

        assertThat(execute(failure, "--json")).isEqualTo(4);
        assertThat(recorded.err())
                .isEqualTo("{\"error\":{\"code\":\"FORBIDDEN\",\"message\":\"Not with \\\"this\\\" token.\","
                        + "\"action\":\"" + ErrorCode.FORBIDDEN.action() + "\",\"retry\":\"AFTER_CORRECTION\","
                        + "\"context\":{\"scope\":\"ä\"}}}\n");
    }

    @Test
    void printsADefectWithoutItsStackTrace() {
        int exitCode = execute(new IllegalStateException("broken"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(recorded.err())
                .startsWith("holdfast: This is a defect of Holdfast (java.lang.IllegalStateException: broken)")
                .doesNotContain("\tat ");
    }

    @Test
    void tellsWhoRanOutOfMemoryHowToGiveMore() {
        assertThat(execute(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
        assertThat(recorded.err())
                .startsWith("holdfast: The command needed more memory")
                .contains("-Xmx")
                .doesNotContain("\tat ");
    }

    @Test
    void printsAnErrorOfTheVirtualMachineWithoutItsStackTrace() {
        assertThat(execute(new StackOverflowError(), "--json")).isEqualTo(1);
        assertThat(recorded.err())
                .startsWith("{\"error\":{\"code\":\"INTERNAL\"")
                .contains("java.lang.StackOverflowError")
                .doesNotContain("\tat ");
    }

    @Test
    void namesTheHelpThatTellsHowTheCommandIsUsed() {
        assertThat(command(new Failing(new IllegalStateException())).execute("--jsom"))
                .isEqualTo(2);
        assertThat(recorded.err()).contains("'--jsom'").contains("--json").contains("See 'failing --help'.");
    }

    @Test
    void reportsAWrongCommandLineAsJsonIfJsonWasAskedFor() {
        assertThat(execute(new IllegalStateException(), "--json", "--nonsense")).isEqualTo(2);
        assertThat(recorded.err()).startsWith("{\"error\":{\"code\":\"USAGE\",").endsWith("}}\n");
    }

    private int execute(Throwable failure, String... args) {
        return command(new Failing(failure)).execute(args);
    }

    private CommandLine command(Failing failing) {
        Failures failures = new Failures(recorded.terminal());
        return new CommandLine(failing).setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    }

    @Command(name = "failing", mixinStandardHelpOptions = true)
    private static final class Failing implements Operation {

        private final Throwable failure;

        @Mixin
        @SuppressWarnings("UnusedVariable") // picocli reads it
        private JsonOption output;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public ExitCode run() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }
}
