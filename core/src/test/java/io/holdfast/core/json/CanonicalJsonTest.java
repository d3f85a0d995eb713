package io.holdfast.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    /** RFC 8785, section 3.2.2 and 3.2.3: the example object. */
    @Test
    void writesTheExampleOfTheStandard() {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertThat(CanonicalJson.of(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: names are sorted by UTF-16 code units. */
    @Test
    void sortsNamesAsTheStandardDoes() {
        String input = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                 "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control", "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """;
        assertThat(CanonicalJson.of(input))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** RFC 8785, appendix B: the bits of a double and its text. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void writesNumbersAsTheStandardDoes(String bits, String text) {
        assertThat(CanonicalNumber.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void everyDoubleReadsBackFromItsText() {
        Property.of("doubles read back")
                .tries(20_000)
                .forAll(Gens.oneOf(Gens.doubles(), Gens.longs().map(Double::longBitsToDouble)), number -> {
                    Property.assume(Double.isFinite(number));
                    String text = CanonicalNumber.of(number);
                    assertThat(Double.parseDouble(text)).isEqualTo(number + 0.0);
                    assertThat(CanonicalJson.of(text)).isEqualTo(text);
                });
    }

    @Test
    void theFormDependsOnTheValueAlone() {
        Property.of("one form for each value").tries(1_000).forAll(JsonGens.trees(), Gens.longs(), (tree, seed) -> {
            String canonical = CanonicalJson.of(tree);
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
            assertThat(CanonicalJson.of(JsonGens.shuffled(tree, seed))).isEqualTo(canonical);
            assertThat(CanonicalJson.isCanonical(canonical)).isTrue();
        });
    }

    @Test
    void noSubnormalHasAShorterText() {
        for (long bits = 1; bits <= 2_000; bits++) {
            double number = Double.longBitsToDouble(bits);
            BigDecimal shortest = new BigDecimal(CanonicalNumber.of(number));
            if (shortest.precision() > 1) {
                BigDecimal shorter = shortest.round(new MathContext(shortest.precision() - 1));
                assertThat(shorter.doubleValue()).isNotEqualTo(number);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "[1e309]", "9007199254740993", "12345678901234567890"})
    void refusesNumbersThatNoDoubleHolds(String text) {
        assertThatThrownBy(() -> CanonicalJson.of(text))
                .isInstanceOfSatisfying(
                        JsonRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(JsonRefusedException.Reason.NUMBER));
    }

    @Test
    void keepsTheLargestExactIntegers() {
        assertThat(CanonicalJson.of("[9007199254740992,-9007199254740992,100000000000000000000]"))
                .isEqualTo("[9007199254740992,-9007199254740992,100000000000000000000]");
    }

    @Test
    void emptyContainersStayEmpty() {
        assertThat(CanonicalJson.of(" { \"b\" : { } , \"a\" : [ ] } ")).isEqualTo("{\"a\":[],\"b\":{}}");
    }

    @Test
    void knowsItsOwnForm() {
        assertThat(CanonicalJson.isCanonical("{\"a\":1,\"b\":[true,null]}")).isTrue();
        assertThat(CanonicalJson.isCanonical("{\"b\":1,\"a\":1}")).isFalse();
        assertThat(CanonicalJson.isCanonical("{\"a\": 1}")).isFalse();
        assertThat(CanonicalJson.isCanonical("1.0")).isFalse();
        assertThat(CanonicalJson.isCanonical("{")).isFalse();
    }
}
