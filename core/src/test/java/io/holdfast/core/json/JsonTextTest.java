package io.holdfast.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22ff22", // no UTF-8 at all
                "22c08022", // overlong NUL
                "22e0808022", // overlong, three bytes
                "22eda08022", // a surrogate in UTF-8
                "22f490808022", // beyond Unicode
                "22e282", // cut short
                "fffe5b005d00", // UTF-16 with a byte order mark
                "5b005d00", // UTF-16 without
                "efbbbf5b5d" // UTF-8 with a byte order mark
            })
    void refusesBytesThatAreNotPlainUtf8(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> JsonText.read(bytes)).isInstanceOf(JsonRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "{\"\\ud83d\": 1}", "[\"a\\ud83dz\"]"})
    void refusesTextThatNotEveryReplicaCanHold(String json) {
        assertThatThrownBy(() -> JsonText.read(json))
                .isInstanceOfSatisfying(
                        JsonRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(JsonRefusedException.Reason.TEXT));
    }

    @Test
    void nestsAsDeepAsTheLimitAndNoDeeper() {
        assertThat(JsonText.read(nested(Limits.JSON_DEPTH_MAX))).isInstanceOf(JsonTree.Elements.class);
        assertThatThrownBy(() -> JsonText.read(nested(Limits.JSON_DEPTH_MAX + 1)))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> JsonText.read(nested(100_000))).isInstanceOf(JsonRefusedException.class);
    }

    @Test
    void numbersAreAsLongAsTheLimitAndNoLonger() {
        assertThat(JsonText.read("1".repeat(JsonText.NUMBER_LENGTH_MAX))).isInstanceOf(JsonTree.Numeral.class);
        assertThatThrownBy(() -> JsonText.read("1".repeat(JsonText.NUMBER_LENGTH_MAX + 1)))
                .isInstanceOf(JsonRefusedException.class);
    }

    @Test
    void saysWhereATextStopsBeingJsonWithoutQuotingIt() {
        assertThatThrownBy(() -> JsonText.read("{\"password\":\n hunter2}"))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesANameThatOccursTwiceAndAnythingAfterTheValue() {
        assertThatThrownBy(() -> JsonText.read("{\"a\":1,\"a\":1}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> JsonText.read("{} {}")).hasMessageContaining("follows");
        assertThatThrownBy(() -> JsonText.read("")).hasMessageContaining("empty");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
