package io.holdfast.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    @Test
    void everyCodeSaysInOneSentenceWhatHappenedAndWhatToDo() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(code.cause()).as(code.name()).matches("\\p{Lu}[^.]*\\.").hasSizeLessThan(120);
            assertThat(code.action())
                    .as(code.name())
                    .matches("(?s)\\p{Lu}.*[.]")
                    .hasSizeLessThan(120);
        });
    }

    @Test
    void noTwoCodesMeanTheSame() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::cause)).doesNotHaveDuplicates();
    }

    @Test
    void aFailureCarriesItsContextInTheOrderOfTheNames() {
        HoldfastException failure =
                new HoldfastException(ErrorCode.STORE_FULL, "The disk is full.", Map.of("z", "1", "a", "2"));
        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FULL);
        assertThat(failure.context().keySet()).containsExactly("a", "z");
        assertThat(failure).hasMessage("The disk is full.");
    }
}
