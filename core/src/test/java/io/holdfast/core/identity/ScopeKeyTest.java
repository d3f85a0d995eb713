package io.holdfast.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScopeKeyTest {

    @Test
    void everyKeyReadsBackFromItsDigitsAndNeverShowsThem() {
        Property.of("keys round-trip and hide").forAll(Gens.bytes(ScopeKey.LENGTH, ScopeKey.LENGTH), bytes -> {
            ScopeKey key = new ScopeKey(bytes);
            assertThat(ScopeKey.parse(key.reveal())).isEqualTo(key).hasSameHashCodeAs(key);
            assertThat(key.toString()).doesNotContain(key.reveal().substring(0, 8));
        });
    }

    @Test
    void keysOfOtherBytesDiffer() {
        assertThat(ScopeKey.parse("00".repeat(32))).isNotEqualTo(ScopeKey.parse("00".repeat(31) + "01"));
    }

    @Test
    void cannotBeChangedFromOutside() {
        byte[] bytes = new byte[ScopeKey.LENGTH];
        ScopeKey key = new ScopeKey(bytes);
        bytes[0] = 1;
        key.bytes()[1] = 1;
        assertThat(key).isEqualTo(new ScopeKey(new byte[ScopeKey.LENGTH]));
    }

    @Test
    void begunHashIsThatOfItsBytesHoweverOftenItIsUsed() {
        Property.of("a key's hash is HMAC-SHA-256 under its bytes")
                .forAll(
                        Gens.bytes(ScopeKey.LENGTH, ScopeKey.LENGTH),
                        Gens.bytes(0, 200).list(),
                        (bytes, messages) -> {
                            ScopeKey key = new ScopeKey(bytes);
                            for (byte[] message : messages) {
                                assertThat(key.mac().of(message, message.length))
                                        .isEqualTo(platforms(bytes, message));
                            }
                        });
    }

    private static byte[] platforms(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> new ScopeKey(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScopeKey.parse("00".repeat(33))).isInstanceOf(IllegalArgumentException.class);
    }
}
