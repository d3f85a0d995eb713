package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.SmallDisk;
import io.holdfast.core.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that nobody should send to a device: one clear sentence, the right exit code, and nothing changed. */
class BadInputTest {

    private static final int ALMOST_ALL = 7 << 20;
    private static final String[] LIST = {"list", "--store", "@phone.db", "entries", "--json"};

    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void initDevice() {
        commands = Commands.in(folder);
        Journal.in(folder);
        init("phone.db", "ann").fine();
        commands.pipe(Journal.entry("there"), "put", "--store", "@phone.db", "entries")
                .fine();
    }

    private Invocation init(String store, String scope) {
        return commands.run("device", "init", "--store", "@" + store, "--schema", "@journal.json", "--scope", scope);
    }

    static Stream<Arguments> badRecords() {
        return Stream.of(
                Arguments.of("malformed JSON", "{\"id\":\"e1\",", "it stops being JSON"),
                Arguments.of("no object", "[1, 2]", "Write one JSON object for each record"),
                Arguments.of("two objects", Journal.entry("e1") + Journal.entry("e2"), "something follows the value"),
                Arguments.of("a name twice", "{\"id\":\"e1\",\"id\":\"e2\"}", "Name it only once"),
                Arguments.of("no UTF-8 text", "{\"id\":\"\\ud800\"}", "lone surrogates"),
                Arguments.of("an id too long", Journal.entry("x".repeat(Limits.ID_BYTES_MAX + 1)), "at most 128 bytes"),
                Arguments.of("an id too long in UTF-8", Journal.entry("ä".repeat(65)), "at most 128 bytes"),
                Arguments.of("an empty id", Journal.entry(""), "at least one character"),
                Arguments.of("an id with a control", Journal.entry("a\\tb"), "control characters"),
                Arguments.of("an id that is a number", "{\"id\":7}", "Write the id as a string"),
                Arguments.of("NUL in text", Journal.entry("e1", "notes", "\"a\\u0000b\""), "Remove NUL"),
                Arguments.of("a lone surrogate", Journal.entry("e1", "notes", "\"a\\udc00b\""), "lone surrogates"),
                Arguments.of("1e400 as REAL", Journal.entry("e1", "weight", "1e400"), "weight: "),
                Arguments.of("1e400 as INTEGER", Journal.entry("e1", "potency", "1e400"), "potency: "),
                Arguments.of("too fine a decimal", Journal.entry("e1", "amount", "0.123456789"), "at most 8 digits"),
                Arguments.of("too large a decimal", Journal.entry("e1", "amount", "12345678901"), "amount: "),
                Arguments.of("an instant too far", Journal.entry("e1", "at", "\"+10000-01-01T00:00:00Z\""), "at: "),
                Arguments.of("the year 0", "{\"at\":\"0000-12-31T23:59:59Z\",\"account\":\"a\"}", "0001 to 9999"),
                Arguments.of("a day that is none", "{\"at\":\"2026-02-30T00:00:00Z\",\"account\":\"a\"}", "that exist"),
                Arguments.of("nanoseconds", "{\"at\":\"2026-01-01T00:00:00.0000001Z\",\"account\":\"a\"}", "at: "),
                Arguments.of("no offset", "{\"at\":\"2026-01-01T00:00:00\",\"account\":\"a\"}", "with its offset"),
                Arguments.of("an unknown field", Journal.entry("e1", "note", "\"x\""), "Did you mean notes?"),
                Arguments.of("a required field missing", "{\"account\":\"ann\"}", "at: A required field holds nothing"),
                Arguments.of(
                        "a text too long", Journal.entry("e1", "notes", "\"" + "x".repeat(10_001) + "\""), "notes: "),
                Arguments.of(
                        "a 10 MB field", Journal.entry("e1", "notes", "\"" + "x".repeat(10 << 20) + "\""), "notes: "),
                Arguments.of("a counter cleared", Journal.entry("e1", "views", "null"), "A counter cannot be cleared"),
                Arguments.of("an add to no counter", Journal.entry("e1", "potency", "{\"add\":1}"), "potency: "),
                Arguments.of(
                        "a union of numbers", Journal.entry("e1", "tags", "[1]"), "elements of a union are strings"),
                Arguments.of("deep nesting", "[".repeat(100_000), "Correct the JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void refusesARecord(String what, String line, String words) {
        commands.pipe(line, "put", "--store", "@phone.db", "entries")
                .refused(1, "line 1: ", words, "nothing was written");
        assertThat(commands.run(LIST).fine().lines()).as(what).hasSize(1);
    }

    @Test
    void refusesABrokenLineInTheMiddleAndWritesTheOthers() {
        String lines = Journal.entry("e1") + "\n" + "{\"id\": \"e2\" oops}\n" + Journal.entry("e3") + "\n";
        Invocation put = commands.pipe(lines, "put", "--store", "@phone.db", "entries");
        put.refused(1, "line 2: ", "1 of 3 lines was refused");
        assertThat(put.lines()).containsExactly("e1", "e3");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        byte[] overlong = {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}', '\n'};
        Files.write(folder.resolve("lines.ndjson"), overlong);
        commands.run("put", "--store", "@phone.db", "entries", "@lines.ndjson")
                .refused(1, "it is not well-formed UTF-8");
    }

    @Test
    void refusesALineThatIsLongerThanAnyRecord() {
        String line = "{\"notes\":\"" + "x".repeat(Limits.BODY_BYTES_MAX) + "\"}";
        Invocation put = commands.pipe(line + "\n" + Journal.entry("e2"), "put", "--store", "@phone.db", "entries");
        put.refused(1, "line 1: The record is larger than the limit.");
        assertThat(put.lines()).containsExactly("e2");
    }

    @Test
    void reportsAllThatIsWrongWithASchemaAndMakesNoStore() throws IOException {
        Files.writeString(folder.resolve("bad.json"), """
            {"name": "journal", "version": 0, "collections": {"entries": {"fields": {
                "a": {"type": "STRING"}, "b": {"type": "DECIMAL(40,2)"}, "C": {"type": "TEXT"},
                "d": {"type": "TEXT", "merge": "COUNTER"}, "e": {"typ": "TEXT"}}}}}\
            """);
        commands.run("device", "init", "--store", "@new.db", "--schema", "@bad.json", "--scope", "ann")
                .refused(1, "fields/a/", "fields/b/", "fields/C", "fields/d", "fields/e/");
        assertThat(folder.resolve("new.db")).doesNotExist();
    }

    @Test
    void refusesASchemaThatWouldLoseData() throws IOException {
        Files.writeString(folder.resolve("smaller.json"), """
            {"name": "journal", "version": 2, "collections": {"entries": {"fields": {
                "account": {"type": "TEXT", "required": true}, "at": {"type": "INSTANT", "required": true}}}}}\
            """);
        commands.run("device", "init", "--store", "@phone.db", "--schema", "@smaller.json", "--scope", "ann")
                .refused(1, "notes");
        commands.run(LIST).fine();
    }

    @Test
    void refusesTheStoreOfAnotherScope() {
        init("phone.db", "bob").refused(1, "holds the records of ann, not of bob");
    }

    @Test
    void refusesAFileThatIsNoStore() throws IOException {
        Files.writeString(folder.resolve("text.db"), "This is not a database, but it is long enough. ".repeat(100));
        commands.run("status", "--store", "@text.db").refused(1, "text.db is no Holdfast store");
        commands.run("status", "--store", "@nowhere.db").refused(1, "There is no store at", "holdfast device init");
        assertThat(folder.resolve("nowhere.db")).doesNotExist();
        assertThat(folder.resolve("nowhere.db.lock")).doesNotExist();
    }

    @Test
    void refusesAStoreThatWasCutShort() throws IOException {
        Path store = folder.resolve("phone.db");
        byte[] whole = Files.readAllBytes(store);
        Files.write(store, Arrays.copyOf(whole, whole.length / 2));
        commands.run("status", "--store", "@phone.db").refused(1, "was cut short");
        Files.write(store, new byte[0]);
        commands.run("status", "--store", "@phone.db").refused(1, "is empty");
        Files.write(store, whole);
        assertThat(commands.run(LIST).fine().lines()).hasSize(1);
    }

    @Test
    void refusesAStoreThatAnotherProcessHasOpen() {
        try (ChildProcess put = ChildProcess.start(folder, "put", "--store", "@phone.db", "entries")) {
            put.writeMore(Journal.entry("e1") + "\n");
            put.line();
            commands.run("status", "--store", "@phone.db").refused(1, "is open already");
            assertThat(commands.run(LIST).err()).startsWith("{\"error\":{\"code\":\"STORE_IN_USE\",");
        }
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatIsWritten() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder)) {
            disk.occupy(ALMOST_ALL);
            init("disk/phone.db", "ann").fine();
            String lines = IntStream.range(0, 2_000)
                    .mapToObj(i -> Journal.entry("e" + i, "notes", "\"" + "x".repeat(2_000) + "\""))
                    .collect(Collectors.joining("\n"));
            Invocation put = commands.pipe(lines, "put", "--store", "@disk/phone.db", "entries");
            put.refused(1, "The disk is full");
            assertThat(commands.run("list", "--store", "@disk/phone.db", "entries", "--json")
                            .fine()
                            .lines())
                    .as("what was printed, and nothing more")
                    .hasSameSizeAs(put.lines());
        }
    }

    @Test
    void refusesCommandLinesThatMakeNoSense() {
        List<List<String>> lines = List.of(
                List.of("get", "entries", "e1"),
                List.of("put", "--store", "@phone.db", "entries", "@nowhere.ndjson"),
                List.of("sync", "--store", "@phone.db"),
                List.of("device", "init", "--store", "@x.db", "--schema", "@journal.json", "--scope", " "),
                List.of(
                        "device",
                        "init",
                        "--store",
                        "@x.db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "a",
                        "--server",
                        "x"),
                List.of(
                        "device",
                        "init",
                        "--store",
                        "@x.db",
                        "--schema",
                        "@journal.json",
                        "--scope",
                        "a",
                        "--token",
                        "t"),
                List.of("token", "create", "--role", "king", "--scope", "a", "--data", "@data"),
                List.of("token", "create", "--role", "device", "--scope", "a", "--data", "@data", "--expires", "soon"),
                List.of("token", "create", "--role", "device", "--scope", "a"),
                List.of("token", "list", "--data", "@nowhere"),
                List.of("token", "revoke", "0000000000000000", "--data", "@nowhere"),
                List.of("serve", "--data", "@data"),
                List.of("serve", "--data", "@data", "--database", "jdbc:postgresql://h/d", "--schema", "@journal.json"),
                List.of("serve", "--database", "jdbc:mysql://h/d", "--schema", "@journal.json"),
                List.of("serve", "--data", "@data", "--schema", "@journal.json", "--port", "70000"),
                List.of("serve", "--data", "@data", "--schema", "@journal.json", "--tls-key", "@key.pem"));
        for (List<String> line : lines) {
            Invocation refused = commands.run(line.toArray(String[]::new));
            assertThat(refused.exitCode()).as(line + " " + refused).isEqualTo(2);
            refused.refused(2);
        }
        assertThat(folder.resolve("x.db")).doesNotExist();
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void saysThatADatabaseCannotBeReachedAndNotItsPassword() {
        Invocation refused = commands.with(Map.of("HOLDFAST_DATABASE_PASSWORD", "s3cret"))
                .run("serve", "--database", "jdbc:postgresql://127.0.0.1:1/none?user=ann", "--schema", "@journal.json");
        refused.refused(3, "127.0.0.1:1/none");
        assertThat(refused.err()).doesNotContain("s3cret");
    }

    @Test
    void neverMakesAStoreWritableByOpeningItInTheWrongPlace() throws IOException {
        Files.write(folder.resolve("plain"), new byte[] {1}, StandardOpenOption.CREATE);
        init("plain/phone.db", "ann").refused(1, "phone.db");
    }
}
