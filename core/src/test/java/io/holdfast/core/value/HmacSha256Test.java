package io.holdfast.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {

    private static final HexFormat HEX = HexFormat.of();

    /** Cases 1 to 3 of RFC 4231. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,4869205468657265,"
                + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665,7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
                + "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd,"
                + "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    })
    void givesWhatTheStandardGives(String key, String message, String expected) {
        byte[] bytes = HEX.parseHex(message);
        assertThat(HEX.formatHex(new HmacSha256(HEX.parseHex(key)).of(bytes, bytes.length)))
                .isEqualTo(expected);
    }

    @Test
    void givesWhatThePlatformGivesForEveryMessageUnderOneKey() {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        HmacSha256 hmac = new HmacSha256(key);
        Property.of("keyed hashes").forAll(Gens.bytes(0, 300), message -> {
            byte[] roomy = Arrays.copyOf(message, message.length + 7);
            assertThat(hmac.of(roomy, message.length)).isEqualTo(platform(key, message));
        });
    }

    private static byte[] platform(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void refusesAKeyLongerThanABlock() {
        assertThatThrownBy(() -> new HmacSha256(new byte[HmacSha256.KEY_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
