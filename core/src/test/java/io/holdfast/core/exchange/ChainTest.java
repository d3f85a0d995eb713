package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.identity.BatchMark;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final BatchMark MARK = new BatchMark(1, "ab".repeat(32));

    @Test
    void theSameBatchAppendedAtAnotherTimeHasAnotherChain() {
        String once = Chain.next("", 1, 1_000, MARK);
        assertThat(Chain.next("", 1, 1_001, MARK)).isNotEqualTo(once);
        assertThat(Chain.next("", 1, 1_000, MARK)).isEqualTo(once).matches("[0-9a-f]{32}");
    }

    @Test
    void theSameBatchAppendedToAnotherHistoryHasAnotherChain() {
        assertThat(Chain.next(Chain.next("", 1, 1_000, MARK), 2, 1_000, MARK))
                .isNotEqualTo(Chain.next("", 2, 1_000, MARK));
    }
}
