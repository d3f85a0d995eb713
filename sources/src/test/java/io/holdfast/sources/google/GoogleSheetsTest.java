package io.holdfast.sources.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.value.Value;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.sources.mapping.SheetSource;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading from Google Sheets: what is asked, how what comes is understood, and how patient the reader is. */
class GoogleSheetsTest {

    private static final String SECRET = "AIza-secret-key";
    private static final Mapping MAPPING = MappingReader.read("""
            target: sellers
            fields: {number: {column: No, type: INTEGER}, name: {column: Name, type: TEXT}}
            key: [number]
            """);

    private final SettableClock clock = SettableClock.at("2026-11-20T12:00:00Z");
    private final List<Duration> rests = new ArrayList<>();
    private FakeGoogle google;

    @BeforeEach
    void start() throws IOException {
        google = new FakeGoogle();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void understandsWhatStandsInCells() {
        google.row(FakeGoogle.text("a"), "{}", FakeGoogle.number("0.1"), "{\"effectiveValue\":{\"boolValue\":true}}");
        google.row(
                FakeGoogle.dated("42754", "DATE"),
                FakeGoogle.dated("42754.5", "DATE_TIME"),
                FakeGoogle.dated("0.25", "TIME"),
                FakeGoogle.dated("42754", "CURRENCY"));
        google.row("{}");
        google.row(FakeGoogle.failed("DIVIDE_BY_ZERO"), FakeGoogle.failed("LOADING"), FakeGoogle.failed("N_A"));
        assertThat(rows())
                .containsExactly(
                        new Row(
                                1,
                                List.of(
                                        new Cell.Text("a"),
                                        Cell.Blank.CELL,
                                        new Cell.Numeral(new BigDecimal("0.1")),
                                        new Cell.Flag(true))),
                        new Row(
                                2,
                                List.of(
                                        new Cell.Day(LocalDate.of(2017, 1, 19)),
                                        new Cell.Moment(LocalDateTime.of(2017, 1, 19, 12, 0)),
                                        new Cell.Clock(LocalTime.of(6, 0)),
                                        new Cell.Numeral(BigDecimal.valueOf(42754)))),
                        new Row(4, List.of(new Cell.Failed("#DIV/0!"), Cell.Failed.UNSAVED, new Cell.Failed("#N/A"))));
    }

    @Test
    void readsManyPages() {
        IntStream.rangeClosed(1, 4_000).forEach(number -> google.row(FakeGoogle.number("" + number)));
        List<Row> rows = rows();
        assertThat(rows).hasSize(4_000);
        assertThat(rows.getLast()).isEqualTo(new Row(4_000, List.of(new Cell.Numeral(BigDecimal.valueOf(4_000)))));
        assertThat(google.asked().stream().filter(asked -> asked.query().containsKey("ranges")))
                .as("pages of 40,000 cells")
                .hasSize(3);
    }

    @Test
    void isASourceLikeAFile() {
        google.row(FakeGoogle.text("Name"), FakeGoogle.text("No"));
        google.row(FakeGoogle.text("Ann"), FakeGoogle.number("1"));
        google.row("{}", FakeGoogle.number("2"));
        SheetSource source = new SheetSource("Sellers", () -> open(key()), MAPPING, 64L << 20);
        try (MappedRecords records = source.open()) {
            assertThat(records.next().orElseThrow().key()).contains("1");
            assertThat(records.next().orElseThrow().outcome())
                    .as("the merged cell has the value of its first")
                    .isInstanceOfSatisfying(
                            MappedRow.Fit.class,
                            fit -> assertThat(fit.values()).containsEntry("name", new Value.Text("Ann")));
            assertThat(records.next()).isEmpty();
        }
    }

    @Test
    void listsSheetsWithCellsAndTellsHiddenOnes() {
        try (SheetFile file = open(key())) {
            assertThat(file.sheets()).containsExactly(new SheetName("Old", true), new SheetName("Bob's", false));
            assertThat(file.firstVisible()).isEqualTo("Bob's");
            assertThatThrownBy(() -> file.rows("None")).hasMessageContaining("has no sheet named 'None'");
        }
    }

    @Test
    void sendsTheKeyInAHeaderAndNeverInAnAddress() {
        google.row(FakeGoogle.text("a"));
        rows();
        assertThat(google.asked()).isNotEmpty().allSatisfy(asked -> {
            assertThat(asked.headers()).containsEntry("x-goog-api-key", SECRET);
            assertThat(asked.path() + asked.query()).doesNotContain(SECRET);
        });
        assertThat(key().toString()).doesNotContain(SECRET);
    }

    @Test
    void waitsAsLongAsItIsTold() {
        google.row(FakeGoogle.text("a"));
        google.say(429, Map.of("Retry-After", "7"), "");
        google.say(503, Map.of(), "");
        assertThat(rows()).hasSize(1);
        assertThat(rests).hasSize(2);
        assertThat(rests.getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        assertThat(rests.getLast()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void givesUpAfterSixTriesOrWhenTheWaitIsTooLong() {
        for (int tries = 0; tries < 6; tries++) {
            google.say(
                    429,
                    Map.of(),
                    FakeGoogle.error(429, "RESOURCE_EXHAUSTED", "Quota exceeded")
                            .body());
        }
        assertThatThrownBy(this::rows).hasMessageContaining("Quota exceeded").satisfies(code(ErrorCode.RATE_LIMITED));
        assertThat(rests).hasSize(5);
        google.say(429, Map.of("Retry-After", "3600"), "");
        assertThatThrownBy(this::rows).satisfies(code(ErrorCode.RATE_LIMITED));
        assertThat(rests).hasSize(5);
    }

    @Test
    void refusesAnswersInOneSentence() {
        refused(401, ErrorCode.AUTH_REQUIRED);
        refused(404, ErrorCode.NOT_FOUND);
        refused(418, ErrorCode.SERVER_ANSWER);
        google.say(200, Map.of(), "<html>");
        assertThatThrownBy(this::rows).satisfies(code(ErrorCode.SERVER_ANSWER));
    }

    private void refused(int status, ErrorCode code) {
        google.say(200, Map.of(), "{\"version\":\"7\"}");
        google.say(status, Map.of(), FakeGoogle.error(status, "X", "Because.").body());
        assertThatThrownBy(this::rows).hasMessageContaining("(Because.)").satisfies(code(code));
    }

    @Test
    void noticesAnEditWhileItIsRead() {
        google.row(FakeGoogle.text("a"));
        try (SheetFile file = open(key());
                Rows rows = file.rows("Bob's")) {
            assertThat(rows.next()).isPresent();
            google.edit();
            assertThatThrownBy(rows::next).satisfies(code(ErrorCode.SOURCE_CHANGED));
        }
    }

    @Test
    void readsWithoutVersionsWhereTheDriveApiIsNotAllowed() {
        google.row(FakeGoogle.text("a"));
        String body = FakeGoogle.error(403, "PERMISSION_DENIED", "Drive API has not been used")
                .body();
        google.say(403, Map.of(), body);
        try (SheetFile file = open(key());
                Rows rows = file.rows("Bob's")) {
            assertThat(rows.next()).isPresent();
            google.say(403, Map.of(), body);
            assertThat(rows.next()).isEmpty();
        }
    }

    @Test
    void asksForAccountTokensByASignedAssertionAndRenewsThem() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        google.row(FakeGoogle.text("a"));
        google.accept("ya29.one");
        SheetFile file = open(account(pair));
        assertThat(all(file)).hasSize(1);
        google.accept("ya29.two");
        assertThat(all(file)).as("a token that is refused is replaced").hasSize(1);
        clock.advance(Duration.ofHours(1));
        assertThat(all(file)).as("a token that is over is replaced").hasSize(1);
        List<FakeGoogle.Asked> tokens = google.asked().stream()
                .filter(asked -> asked.path().equals("/token"))
                .toList();
        assertThat(tokens).hasSize(3);
        verify(tokens.getFirst().body(), pair);
    }

    private static void verify(String form, KeyPair pair) throws GeneralSecurityException {
        assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        String[] jwt = URLDecoder.decode(form.substring(form.indexOf("assertion=") + 10), StandardCharsets.UTF_8)
                .split("\\.");
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initVerify(pair.getPublic());
        rsa.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(rsa.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
        JsonTree claims = JsonText.read(Base64.getUrlDecoder().decode(jwt[1]));
        assertThat(Members.text(claims, "iss")).contains("reader@project.iam.gserviceaccount.com");
        assertThat(Members.text(claims, "scope"))
                .hasValueSatisfying(scope -> assertThat(scope).contains("spreadsheets.readonly"));
        assertThat(Members.integer(claims, "exp"))
                .isEqualTo(Members.integer(claims, "iat").map(iat -> iat + 3_600));
    }

    private GoogleAccess account(KeyPair pair) {
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        String json = "{\"type\":\"service_account\",\"private_key_id\":\"k1\",\"private_key\":\"" + pem
                + "\",\"client_email\":\"reader@project.iam.gserviceaccount.com\",\"token_uri\":\""
                + google.address().resolve("/token") + "\"}";
        GoogleAccess account = GoogleAccess.ServiceAccount.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(account.toString()).isEqualTo("ServiceAccount[reader@project.iam.gserviceaccount.com]");
        return account;
    }

    @Test
    void refusesKeysThatAreNone() {
        assertThatThrownBy(() -> GoogleAccess.ServiceAccount.read("{}".getBytes(StandardCharsets.UTF_8)))
                .satisfies(code(ErrorCode.USAGE));
        assertThatThrownBy(() -> new GoogleAccess.ApiKey("a\r\nb")).satisfies(code(ErrorCode.USAGE));
        assertThatThrownBy(() -> sheets(key()).open("../x")).satisfies(code(ErrorCode.USAGE));
    }

    @Test
    void findsTheIdInTheAddressThatABrowserShows() {
        assertThat(GoogleSheets.id("https://docs.google.com/spreadsheets/d/" + FakeGoogle.ID + "/edit#gid=0"))
                .contains(FakeGoogle.ID);
        assertThat(GoogleSheets.id("https://docs.google.com.evil.example/spreadsheets/d/" + FakeGoogle.ID))
                .isEqualTo(Optional.empty());
    }

    private List<Row> rows() {
        try (SheetFile file = open(key())) {
            return all(file);
        }
    }

    private static List<Row> all(SheetFile file) {
        List<Row> all = new ArrayList<>();
        try (Rows rows = file.rows("Bob's")) {
            for (Optional<Row> each = rows.next(); each.isPresent(); each = rows.next()) {
                all.add(each.get());
            }
        }
        return all;
    }

    private SheetFile open(GoogleAccess access) {
        return sheets(access).open(FakeGoogle.ID);
    }

    private GoogleSheets sheets(GoogleAccess access) {
        return new GoogleSheets(
                access,
                new GoogleTools(
                        HttpClient.newHttpClient(),
                        clock,
                        new SeededRandom(1),
                        rests::add,
                        google.address(),
                        google.address()));
    }

    private static GoogleAccess key() {
        return new GoogleAccess.ApiKey(SECRET);
    }

    private static ThrowingConsumer<Throwable> code(ErrorCode code) {
        return refused -> assertThat(((HoldfastException) refused).code()).isEqualTo(code);
    }
}
