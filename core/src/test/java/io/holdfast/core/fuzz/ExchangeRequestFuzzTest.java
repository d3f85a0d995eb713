package io.holdfast.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ExchangeRequestFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void refusesOrReads(byte[] input) {
        Decoder.EXCHANGE_REQUEST.check(input);
    }
}
