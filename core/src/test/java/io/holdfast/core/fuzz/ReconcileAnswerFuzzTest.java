package io.holdfast.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ReconcileAnswerFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void refusesOrReads(byte[] input) {
        Decoder.RECONCILE_ANSWER.check(input);
    }
}
