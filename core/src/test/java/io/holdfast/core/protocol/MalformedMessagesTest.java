package io.holdfast.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedMessagesTest {

    private static final String SENDER = "{\"protocol\":1,\"request\":1,\"scope\":\"a\",\"replica\":\"b\","
            + "\"incarnation\":\"00000000000000ab\",\"schema\":{\"name\":\"s\",\"version\":1,\"hash\":\"0\"}";
    private static final String REQUEST = SENDER + ",\"batch\":{\"mark\":{},\"previous\":{},\"changes\":[]}}";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsThanUtf8AreRefused(String encoding) {
        byte[] body = REQUEST.getBytes(Charset.forName(encoding));
        assertMalformed(() -> ExchangeCodec.readExchangeRequest(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{",
                SENDER + "} x",
                "{\"scope\":\"a\"}",
                "{\"scope\":1,\"replica\":\"b\"}",
                "{\"incarnation\":\"x\"}",
                SENDER + ",\"cursor\":{\"sequence\":-1}}",
                SENDER + ",\"cursor\":{\"sequence\":1.5}}",
                SENDER + ",\"batch\":{}}",
                SENDER + ",\"batch\":{\"changes\":[{\"collection\":\"c\",\"id\":\"1\"," + "\"fields\":{\"f\":1}}]}}",
                SENDER + ",\"batch\":{\"changes\":[{\"collection\":\"c\",\"id\":\"1\","
                        + "\"stamp\":\"0000000000000001.0000000000000001\",\"fields\":{\"f\":{\"real\":1e400}}}]}}"
            })
    void whatIsNoRequestIsRefused(String body) {
        assertMalformed(() -> ExchangeCodec.readExchangeRequest(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decimal(String value) {
        return SENDER + ",\"batch\":{\"changes\":[{\"collection\":\"c\",\"id\":\"1\","
                + "\"stamp\":\"0000000000000001.0000000000000001\",\"fields\":{\"f\":{\"decimal\":" + value + "}}}]}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void saysWhereAMessageStopsBeingJsonWithoutTheWordsOfItsParser(String literal) {
        assertThatThrownBy(
                        () -> ExchangeCodec.readExchangeRequest(decimal(literal).getBytes(StandardCharsets.UTF_8)))
                .hasMessageMatching("The message cannot be read: it stops being JSON at line 1, column \\d+\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "\"-Infinity\"", "\"1,5\"", "\"\""})
    void saysHowADecimalIsWritten(String value) {
        assertThatThrownBy(
                        () -> ExchangeCodec.readExchangeRequest(decimal(value).getBytes(StandardCharsets.UTF_8)))
                .hasMessageEndingWith(": a decimal is written in digits, like 12.50.");
    }

    @Test
    void saysThatAMessageExceedsALimit() {
        String deep = SENDER + ",\"more\":" + "[".repeat(40) + "]".repeat(40) + "}";
        assertThatThrownBy(() -> ExchangeCodec.readExchangeRequest(deep.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("nests too deeply: keep to the limits of the protocol.");
    }

    @Test
    void whatIsARequestIsTaken() {
        assertThat(ExchangeCodec.readExchangeRequest(REQUEST.getBytes(StandardCharsets.UTF_8))
                        .sender()
                        .incarnation())
                .isEqualTo(0xab);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"protocol\":1,",
                "\"request\":1,",
                "\"scope\":\"a\",",
                "\"replica\":\"b\",",
                "\"incarnation\":\"00000000000000ab\",",
                ",\"schema\":{\"name\":\"s\",\"version\":1,\"hash\":\"0\"}",
                "\"version\":1,",
                "00000000000000"
            })
    void whatASenderMustSayIsNotTakenForGranted(String missing) {
        String request = SENDER.replace(missing, "") + "}";
        assertThat(request).hasSizeLessThan(SENDER.length() + 1);
        assertMalformed(() -> ExchangeCodec.readRegisterRequest(request.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.JSON_MALFORMED));
    }
}
