package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cell is worth in a field of each type, and which cells are refused. */
class CellValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "INTEGER|~ 178,000 ~|178000",
                "INTEGER|(1,200)|-1200",
                "INTEGER|\uff11\uff12|12",
                "INTEGER|-|0",
                "INTEGER|1e3|refused FIELD_TYPE",
                "INTEGER|007|refused FIELD_TYPE",
                "INTEGER|1.5|refused FIELD_PRECISION",
                "INTEGER|9223372036854775808|refused FIELD_RANGE",
                "DECIMAL(4,2)|1.5|1.50",
                "DECIMAL(4,2)|1.555|refused FIELD_PRECISION",
                "DECIMAL(4,2)|100|refused FIELD_RANGE",
                "DECIMAL(4,2)|-99.99|-99.99",
                "REAL|0.1|0.1",
                "BOOLEAN|true|true",
                "BOOLEAN|yes|refused FIELD_TYPE",
                "INSTANT|2026-11-20|2026-11-19T15:00:00Z",
                "INSTANT|2026-11-20 08:30|2026-11-19T23:30:00Z",
                "INSTANT|2026-11-20T08:30:15.123456Z|2026-11-20T08:30:15.123456Z",
                "INSTANT|2026-11-20T08:30:15+01:00|2026-11-20T07:30:15Z",
                "INSTANT|2026-11-20T08:30:15.1234567Z|refused FIELD_PRECISION",
                "INSTANT|20/11/26|refused FIELD_TYPE",
                "INSTANT|2026-02-30|refused FIELD_TYPE",
                "DURATION|PT2H30M|PT2H30M",
                "DURATION|soon|refused FIELD_TYPE",
                "BYTES|aGk=|6869",
                "BYTES|?|refused FIELD_TYPE",
                "JSON|{~b~:1,~a~:2}|{~a~:2,~b~:1}",
                "JSON|{|refused JSON_MALFORMED",
                "TEXT|  a b |a b",
            })
    void readsTextAsTheFieldsType(String type, String text, String expected) {
        assertThat(shown(field(type, ""), new Cell.Text(text.replace('~', '"'))))
                .isEqualTo(expected.replace('~', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "DD/MM/YY, 19/01/17, 2017-01-19",
        "DD/MM/YY, 01/19/17, refused FIELD_TYPE",
        "MM/DD/YY, 01/19/17, 2017-01-19",
        "YYYY-MM-DD, 2017-1-19, 2017-01-19",
        "YYYY-MM-DD, 17-01-19, refused FIELD_TYPE",
        "serial, 42754, 2017-01-19",
        "serial, 42754.5, 2017-01-19T12:00",
        "serial, -1, refused FIELD_TYPE",
    })
    void readsDaysAsTheMappingSays(String form, String text, String expected) {
        MappedField field = field("TEXT", ", dates: " + form);
        assertThat(shown(field, new Cell.Text(text))).isEqualTo(expected);
        assertThat(shown(field, new Cell.Day(LocalDate.of(2017, 1, 19)))).isEqualTo("2017-01-19");
    }

    @Test
    void takesAWorkbooksSerialForADayInEveryForm() {
        MappedField field = field("TEXT", ", dates: DD/MM/YY");
        assertThat(shown(field, new Cell.Numeral(BigDecimal.valueOf(42754)))).isEqualTo("2017-01-19");
        assertThat(shown(field, new Cell.Numeral(BigDecimal.valueOf(20171231)))).isEqualTo("refused FIELD_TYPE");
    }

    @Test
    void readsWhatWorkbooksKnow() {
        assertThat(shown(field("INSTANT", ""), new Cell.Moment(LocalDateTime.of(2026, 11, 20, 9, 0))))
                .isEqualTo("2026-11-20T00:00:00Z");
        assertThat(shown(field("DURATION", ""), new Cell.Clock(LocalTime.of(1, 30))))
                .isEqualTo("PT1H30M");
        assertThat(shown(field("TEXT", ""), new Cell.Numeral(new BigDecimal("1.50"))))
                .isEqualTo("1.5");
        assertThat(shown(field("BOOLEAN", ""), new Cell.Flag(true))).isEqualTo("true");
        assertThat(shown(field("INTEGER", ""), new Cell.Flag(true))).isEqualTo("refused FIELD_TYPE");
    }

    @Test
    void takesNoFormulaWithoutAValueForNothing() {
        assertThat(shown(field("TEXT", ""), Cell.Failed.UNSAVED)).isEqualTo("refused SOURCE_FORMULA");
        assertThat(shown(field("INTEGER", ""), new Cell.Failed("#DIV/0!"))).isEqualTo("refused SOURCE_FORMULA");
    }

    @Test
    void refusesTextThatNoDatabaseHolds() {
        assertThat(shown(field("TEXT", ""), new Cell.Text("a\u0000b"))).isEqualTo("refused FIELD_TEXT");
        assertThat(shown(field("TEXT", ""), new Cell.Text("\ud800"))).isEqualTo("refused FIELD_TEXT");
    }

    @Test
    void hidesValuesAboutPersons() {
        MappedField field = field("INTEGER", ", sensitivity: personal");
        assertThatThrownBy(() -> read(field, new Cell.Text("born 1970")))
                .isInstanceOfSatisfying(
                        CellRefusedException.class,
                        refused -> assertThat(refused.of(field.field()).value()).isEqualTo(Violation.HIDDEN));
    }

    @ParameterizedTest
    @EnumSource(Normalisation.class)
    void normalisingTwiceIsNormalisingOnce(Normalisation each) {
        Property.of("normalising by " + each + " twice is normalising once").forAll(Gens.texts(0, 20), text -> {
            String once = each.apply(text);
            assertThat(each.apply(once)).isEqualTo(once);
        });
        assertThat(Normalisation.WIDTH.apply("\uff33\uff0d\uff11\u3000\uff76\uff9e$"))
                .isEqualTo("S-1 \u30ac$");
    }

    private static String shown(MappedField field, Cell cell) {
        try {
            return shown(read(field, cell));
        } catch (CellRefusedException refused) {
            ErrorCode code = refused.of(field.field()).code();
            return "refused " + code;
        }
    }

    private static Value read(MappedField field, Cell cell) {
        return new CellValues(field, ZoneId.of("Asia/Tokyo")).read(cell);
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Time time ->
                Instant.EPOCH.plus(time.epochMicros(), ChronoUnit.MICROS).toString();
            case Value.Span span ->
                Duration.of(span.micros(), ChronoUnit.MICROS).toString();
            case Value.Bytes bytes -> HexFormat.of().formatHex(bytes.bytes());
            case Value.Text text -> text.text();
            case Value.Int number -> Long.toString(number.number());
            case Value.Decimal number -> number.number().toPlainString();
            case Value.Real number -> Double.toString(number.number());
            case Value.Bool flag -> Boolean.toString(flag.flag());
            case Value.Json json -> json.canonical();
            case Value other -> other.toString();
        };
    }

    private static MappedField field(String type, String more) {
        return MappingReader.read(
                        "target: t\nkey: row\nfields:\n  f: {column: F, type: \"" + type + "\"" + more + "}\n")
                .field("f")
                .orElseThrow();
    }
}
