package io.holdfast.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ValueFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void refusesOrReads(byte[] input) {
        Decoder.VALUE.check(input);
    }
}
