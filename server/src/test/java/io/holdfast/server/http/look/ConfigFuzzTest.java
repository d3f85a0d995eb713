package io.holdfast.server.http.look;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ConfigFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void refusesOrReads(byte[] input) {
        Untrusted.CONFIG.check(input);
    }
}
