package io.holdfast.sources.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.TestSheets;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.TextLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class CsvFileTest {

    private static final String JAPANESE = "\u753a,\u30c1\u30e7\u30a6,\u7968\n\u5317\u6d77\u9053\u672d\u5e4c\u5e02,"
            + "\uff8e\uff6f\uff76\uff72,\uff11\n";
    private static final String WESTERN = "Stra\u00dfe,Preis\nCaf\u00e9 \u00e9t\u00e9,1\n\u00dcber,2\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "location_coordinates",
                "newlines",
                "newlines_crlf",
                "quotes_and_newlines",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void readsTheSpectrum(String name) throws IOException {
        List<Row> rows = TestSheets.rows(TestSheets.resource("csv-spectrum/" + name + ".csv"));
        List<Map<String, String>> read =
                rows.stream().skip(1).map(row -> object(rows.getFirst(), row)).toList();
        assertThat(read).isEqualTo(objects(TestSheets.resource("csv-spectrum/json/" + name + ".json")));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8, ''",
        "UTF-8, UTF-8, efbbbf",
        "UTF-16LE, UTF-16LE, fffe",
        "UTF-16BE, UTF-16BE, feff",
        "windows-31j, windows-31j, ''",
        "EUC-JP, EUC-JP, ''",
    })
    void findsTheEncodingOfJapaneseText(String written, String found, String mark) throws IOException {
        check(JAPANESE, written, found, mark);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, UTF-8, ''", "UTF-16LE, UTF-16LE, ''", "UTF-16BE, UTF-16BE, ''", "windows-1252, windows-1252, ''"
    })
    void findsTheEncodingOfWesternText(String written, String found, String mark) throws IOException {
        check(WESTERN, written, found, mark);
    }

    @Test
    void decidesByTheLastLineToo() throws IOException {
        String text = "a,b\n" + "1,2\n".repeat(200_000) + "\u00e9 ,3\n";
        check(text, "windows-1252", "windows-1252", "");
    }

    @Test
    void readsPostalCodesOfJapan() {
        List<Row> rows = TestSheets.rows(TestSheets.resource("property/KEN_ALL.CSV"));
        assertThat(rows.getFirst().cell(6).shown()).isEqualTo("\u5317\u6d77\u9053");
    }

    @ParameterizedTest
    @CsvSource({"','", "';'", "'|'", "'\t'"})
    void findsTheDelimiter(char delimiter) throws IOException {
        String text = "name,price\n\"a, b; c | d\t\",\"1\"\nx,2\n"
                .replace("name,", "name" + delimiter)
                .replace("\t\",", "\t\"" + delimiter)
                .replace("x,", "x" + delimiter);
        Path file = TestSheets.text(folder, text);
        try (SheetFile opened = TestSheets.open(file)) {
            assertThat(opened.layout().map(TextLayout::delimiter)).hasValue(delimiter);
        }
        assertThat(TestSheets.rows(file).get(1).cell(0).shown()).isEqualTo("a, b; c | d\t");
    }

    private void check(String text, String written, String found, String mark) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(java.util.HexFormat.of().parseHex(mark));
        bytes.write(text.getBytes(Charset.forName(written)));
        Path file = Files.write(folder.resolve("text.csv"), bytes.toByteArray());
        try (SheetFile opened = TestSheets.open(file)) {
            assertThat(opened.layout()).hasValueSatisfying(layout -> {
                assertThat(layout.encoding()).isEqualTo(Charset.forName(found));
                assertThat(layout.byteOrderMark()).isEqualTo(!mark.isEmpty());
            });
        }
        List<Row> rows = TestSheets.rows(file);
        assertThat(rows.getFirst().cell(0).shown()).isEqualTo(text.substring(0, text.indexOf(',')));
        String last = text.strip().substring(text.strip().lastIndexOf('\n') + 1);
        assertThat(rows.getLast().cell(0).shown()).isEqualTo(last.substring(0, last.indexOf(',')));
    }

    private static Map<String, String> object(Row header, Row row) {
        Map<String, String> object = new LinkedHashMap<>();
        for (int column = 0; column < header.cells().size(); column++) {
            object.put(header.cell(column).shown(), row.cell(column).shown());
        }
        return object;
    }

    private static List<Map<String, String>> objects(Path file) throws IOException {
        List<Map<String, String>> objects = new java.util.ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    objects.add(new LinkedHashMap<>());
                } else if (token == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    objects.getLast().put(name, json.getString());
                }
            }
        }
        return objects;
    }
}
