package io.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What one invocation of the command came to. */
public record Invocation(int exitCode, String out, String err) {

    /** Checks that all went well, and that nobody was warned. */
    public Invocation fine() {
        assertThat(exitCode).as(this::toString).isZero();
        return this;
    }

    /** Checks that it ended with this code and one clear sentence, which holds these words. */
    public Invocation refused(int code, String... words) {
        assertThat(exitCode).as(this::toString).isEqualTo(code);
        for (String word : words) {
            assertThat(err).contains(word);
        }
        assertThat(errorLines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("holdfast: .*[.?]"));
        assertThat(out + err)
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("defect");
        return this;
    }

    /** The lines of the output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    /** The lines of the error stream. */
    public List<String> errorLines() {
        return err.lines().toList();
    }
}
