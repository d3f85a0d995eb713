package io.holdfast.sources.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.FieldType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping's text says, and what is said of one that is wrong. */
class MappingReaderTest {

    private static final String WHOLE = """
            target: sellers
            version: 2
            sheet: Vendors
            header: 3
            zone: Asia/Tokyo
            fields:
              number: {column: "Seller No.", type: TEXT, format: "S-[0-9]{4}", normalise: [trim, width, upper]}
              property: {column: Property, references: properties, type: TEXT, required: true}
              price:
                column: Price
                type: DECIMAL(18,2)
              sold: {column: Date, type: TEXT, dates: DD/MM/YY}
              changed: {column: Changed, type: INSTANT, sensitivity: personal}
            key: [number]
            duplicates: report
            deletions: mark
            timestamp: changed
            """;

    @Test
    void readsEverythingThatAMappingCanSay() {
        Mapping mapping = MappingReader.read(WHOLE);
        assertThat(mapping.target()).isEqualTo("sellers");
        assertThat(mapping.version()).isEqualTo(2);
        assertThat(mapping.sheet()).contains("Vendors");
        assertThat(mapping.header()).isEqualTo(new HeaderHint.At(3));
        assertThat(mapping.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(mapping.key()).containsExactly("number");
        assertThat(mapping.duplicates()).isEqualTo(DuplicatePolicy.REPORT);
        assertThat(mapping.deletions()).isEqualTo(DeletionPolicy.MARK);
        assertThat(mapping.timestamp()).contains("changed");
        assertThat(mapping.references()).containsOnlyKeys("property").containsValue("properties");
        MappedField number = mapping.field("number").orElseThrow();
        assertThat(number.column()).isEqualTo("Seller No.");
        assertThat(number.normalise()).isEqualTo(Set.of(Normalisation.TRIM, Normalisation.WIDTH, Normalisation.UPPER));
        assertThat(number.field().constraints().pattern()).contains("S-[0-9]{4}");
        assertThat(number.field().constraints().required())
                .as("as part of the key")
                .isTrue();
        assertThat(mapping.field("price").orElseThrow().field().type()).isEqualTo(new FieldType.Decimal(18, 2));
        assertThat(mapping.field("sold").orElseThrow().dates()).contains(DateForm.DAY_MONTH_YEAR);
    }

    @Test
    void readsTheSameFromJson() {
        String json = """
                {
                \t"target": "lots", "key": "row", "fields": {"lot": {"column": "LOT \\u00e9", "type": "INTEGER"}}
                }""";
        Mapping mapping = MappingReader.read(json);
        assertThat(mapping)
                .isEqualTo(MappingReader.read(
                        "target: lots\nkey: row\nfields:\n  lot: {column: LOT \u00e9, type: INTEGER}\n"));
        assertThat(mapping.key()).isEmpty();
        assertThat(mapping.header()).isEqualTo(new HeaderHint.Found());
        assertThat(mapping.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(mapping.sheet()).isEqualTo(Optional.empty());
        assertThat(mapping.duplicates()).isEqualTo(DuplicatePolicy.QUARANTINE);
        assertThat(mapping.deletions()).isEqualTo(DeletionPolicy.IGNORE);
    }

    @Test
    void takesWordsThatLookLikeOtherThingsAsColumnNames() {
        Mapping mapping = MappingReader.read(
                "target: years\nkey: row\nfields:\n  y: {column: 2017, type: TEXT}\n  n: {column: no, type: TEXT}\n");
        assertThat(mapping.fields()).extracting(MappedField::column).isEqualTo(List.of("2017", "no"));
    }

    @Test
    void marksRecordsThatTheSourceLostInAFieldOfItsOwn() {
        assertThat(MappingReader.read(WHOLE)
                        .schema()
                        .collection("sellers")
                        .orElseThrow()
                        .field(Mapping.MISSING_FIELD)
                        .orElseThrow()
                        .type())
                .isEqualTo(FieldType.Simple.BOOLEAN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "duplicates: report | duplicate: report | line 15: unknown key 'duplicate'; did you mean 'duplicates'?",
                "duplicates: report | colour: red | line 15: unknown key 'colour'; known here are target, version",
                "duplicates: report | duplicates: drop | line 15: 'duplicates' is one of report, quarantine, found 'drop'",
                "deletions: mark | deletions: [mark] | line 16: 'deletions' is one of ignore, mark, remove, found a list",
                "header: 3 | header: -3 | line 4: 'header' is a whole number of 1 or more, found '-3'",
                "zone: Asia/Tokyo | zone: Mars/Olympus | line 5: 'zone' is a time zone",
                "required: true | required: yes | line 8: 'required' is true or false, found 'yes'",
                "type: DECIMAL(18,2) | type: DECIMAL(18,20) | line 11: there is no type 'DECIMAL(18,20)'",
                "type: DECIMAL(18,2) | type: MONEY | line 11: there is no type 'MONEY'; types are TEXT",
                "dates: DD/MM/YY | dates: YY | line 12: 'dates' is one of DD/MM/YY, MM/DD/YY, YYYY-MM-DD, serial, found 'YY'",
                "column: Date, type: TEXT | column: Date, type: REAL | line 12: days are kept as TEXT",
                "[trim, width, upper] | [trim, upper, lower] | line 7: letters cannot become both",
                "[trim, width, upper] | [shout] | line 7: 'normalise' is a list of one of trim, width, upper, lower",
                "key: [number] | key: [name] | line 14: the key names 'name', which is none of the fields",
                "key: [number] | key: [number, number] | line 14: the key names 'number' twice",
                "key: [number] | key: [] | line 14: the key names no field",
                "timestamp: changed | timestamp: sold | line 17: 'timestamp' names a field of type INSTANT",
                "format: \"S-[0-9]{4}\" | format: \"S-[\" | the pattern is no regular expression",
                "price: | Price: | a name is a lower-case letter",
                "price: | id: | the name is reserved for the record's own id",
                "target: sellers | target: &a sellers | line 1: anchors (&) and aliases (*) are not taken",
                "target: sellers | target: !!str sellers | line 1: tags (!) are not taken",
                "version: 2 | target: sellers | line 2: 'target' stands here a second time",
                "version: 2 | version: {a: [ | it is no YAML here",
                "sheet: Vendors | --- | line 3: a second document begins",
            })
    void saysWhatIsWrongAndWhere(String right, String wrong, String told) {
        String text = WHOLE.replace(right, wrong);
        assertThat(text).isNotEqualTo(WHOLE);
        assertThatThrownBy(() -> MappingReader.read(text))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining(told)
                .extracting(refused -> ((HoldfastException) refused).code())
                .isEqualTo(ErrorCode.MAPPING_INVALID);
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThatThrownBy(() -> MappingReader.read("fields:\n  a: {typ: TEXT}\nkeys: [a]\n"))
                .hasMessageContaining("unknown key 'typ'")
                .hasMessageContaining("'column' is missing")
                .hasMessageContaining("unknown key 'keys'; did you mean 'key'?")
                .hasMessageContaining("'target' is missing");
    }

    @Test
    void refusesTextsThatAreBuiltToExhaustTheReader() {
        String bomb = "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n";
        assertThatThrownBy(() -> MappingReader.read(bomb)).hasMessageContaining("anchors");
        assertThatThrownBy(() -> MappingReader.read("[".repeat(100_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> MappingReader.read("x".repeat(MappingReader.BYTES_MAX + 1)))
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> MappingReader.read(new byte[] {(byte) 0xff, (byte) 0xfe}))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> MappingReader.read("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> MappingReader.read("just words")).hasMessageContaining("expected keys");
    }
}
