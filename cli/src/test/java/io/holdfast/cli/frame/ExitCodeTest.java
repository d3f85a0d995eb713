package io.holdfast.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void keepsTheNumbersThatScriptsDependOn() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void neverCallsAnErrorFine() {
        assertThat(ErrorCode.values()).extracting(ExitCode::of).doesNotContain(ExitCode.FINE);
    }

    @Test
    void tellsAServerThatIsSilentFromOneThatRefuses() {
        assertThat(ExitCode.of(ErrorCode.SERVER_UNREACHABLE)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ExitCode.of(ErrorCode.AUTH_REQUIRED)).isEqualTo(ExitCode.REFUSED);
        assertThat(ExitCode.of(ErrorCode.STORE_DAMAGED)).isEqualTo(ExitCode.WRONG);
    }
}
