package io.holdfast.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    @TempDir
    private Path folder;

    private Commands commands;

    @BeforeEach
    void initDevice() {
        commands = Commands.in(folder);
        Journal.in(folder);
        commands.run("device", "init", "--store", "@phone.db", "--schema", "@journal.json", "--scope", "ann")
                .fine();
    }

    @Test
    void printsTheIdOfEachRecordAndFindsItAgain() {
        Invocation put = put(
                        Journal.entry("e1", "amount", "\"1.50\""),
                        "{\"account\":\"bob\",\"at\":\"2026-02-01T00:00:00Z\"}")
                .fine();
        assertThat(put.lines()).hasSize(2).first().isEqualTo("e1");

        assertThat(get("e1").out())
                .isEqualTo(
                        "{\"id\":\"e1\",\"account\":\"ann\",\"amount\":\"1.50000000\",\"at\":\"2026-01-02T03:04:05Z\"}\n");
        assertThat(get(put.lines().getLast()).out()).contains("\"account\":\"bob\"");
    }

    @Test
    void changesTheFieldsThatALineOfAKnownIdNames() {
        put(
                        Journal.entry("e1", "notes", "\"first\""),
                        "{\"id\":\"e1\",\"notes\":\"second\",\"potency\":3}",
                        "{\"id\":\"e1\",\"potency\":null}")
                .fine();
        assertThat(get("e1").out())
                .contains("\"notes\":\"second\"", "\"account\":\"ann\"")
                .doesNotContain("potency");
    }

    @Test
    void addsToCountersAndChangesUnions() {
        put(
                        Journal.entry("e1", "views", "{\"add\":2}"),
                        "{\"id\":\"e1\",\"views\":{\"add\":3},\"tags\":{\"add\":[\"a\",\"b\"]}}",
                        "{\"id\":\"e1\",\"tags\":{\"add\":[\"c\"],\"remove\":[\"a\"]}}")
                .fine();
        assertThat(get("e1").out()).contains("\"views\":5", "\"tags\":[\"b\",\"c\"]");
    }

    @Test
    void reportsBadLinesByNumberWithAllThatIsWrongAndWritesTheOthers() {
        Invocation put = put(
                Journal.entry("e1"),
                "{\"id\":\"e2\",\"account\":\"ann\",",
                "",
                "{\"id\":\"e3\",\"potency\":11,\"at\":\"2026-02-30T00:00:00Z\",\"nots\":\"x\"}",
                Journal.entry("e4"));
        put.refused(1, "line 2: ", "line 4: ");
        assertThat(put.lines()).containsExactly("e1", "e4");
        assertThat(put.errorLines().stream().filter(line -> line.contains("line 4: ")))
                .as("the unknown field, the date that is none and the number that is too large")
                .hasSize(3);
        assertThat(put.errorLines().getLast()).contains("2 of 4 lines were refused; the others are written.");
        assertThat(list().lines()).hasSize(2);
    }

    @Test
    void reportsEveryBrokenConstraintAtOnce() {
        Invocation put = put("{\"id\":\"e3\",\"potency\":11,\"notes\":\"" + "x".repeat(10_001) + "\"}");
        put.refused(1, "account: ", "at: ", "potency: ", "notes: ", "nothing was written");
        assertThat(list().lines()).isEmpty();
    }

    @Test
    void reportsViolationsForPrograms() {
        Invocation put = commands.pipe(
                "{\"id\":\"e1\",\"potency\":\"x\"}\n", "put", "--store", "@phone.db", "entries", "--json");
        assertThat(put.exitCode()).isEqualTo(1);
        assertThat(put.err())
                .isEqualTo(
                        "{\"line\":1,\"violations\":[{\"code\":\"FIELD_TYPE\",\"field\":\"potency\",\"value\":\"\\\"x\\\"\","
                                + "\"message\":\"The value is of another type than the field.\","
                                + "\"advice\":\"Write a whole number, without quotes.\"}]}\n");
    }

    @Test
    void writesManyMoreLinesThanOneCommitHolds() {
        String lines =
                IntStream.range(0, 3_000).mapToObj(i -> Journal.entry("e" + i)).collect(Collectors.joining("\n"));
        Invocation put = commands.pipe(lines, "put", "--store", "@phone.db", "entries", "-")
                .fine();
        assertThat(put.lines())
                .containsExactlyElementsOf(
                        IntStream.range(0, 3_000).mapToObj(i -> "e" + i).toList());
        assertThat(list().lines()).hasSize(3_000);
    }

    @Test
    void listsWhatSatisfiesEveryCondition() {
        put(
                        Journal.entry("e1", "potency", "3"),
                        Journal.entry("e2", "potency", "7"),
                        Journal.entry("e3", "amount", "\"2.5\""),
                        "{\"id\":\"e4\",\"account\":\"bob\",\"at\":\"2026-03-01T12:00:00+01:00\",\"tags\":[\"red\"],"
                                + "\"notes\":\"A headache, in the morning\",\"done\":true,\"views\":2,\"weight\":1.5}")
                .fine();
        assertThat(ids("--where", "potency >= 3", "--where", "potency<7")).containsExactly("e1");
        assertThat(ids("--where", "account != ann")).containsExactly("e4");
        assertThat(ids("--where", "amount = 2.50")).containsExactly("e3");
        assertThat(ids("--where", "at >= 2026-03-01")).containsExactly("e4");
        assertThat(ids("--where", "at < 2026-03-01T11:00:00Z")).containsExactly("e1", "e2", "e3");
        assertThat(ids("--where", "tags has red")).containsExactly("e4");
        assertThat(ids("--where", "potency is empty")).containsExactly("e3", "e4");
        assertThat(ids("--where", "potency is present")).containsExactly("e1", "e2");
        assertThat(ids("--where", "id in e1, e3")).containsExactly("e1", "e3");
        assertThat(ids("--where", "account starts b")).containsExactly("e4");
        assertThat(ids("--where", "done = true", "--where", "views > 1", "--where", "weight <= 1.5"))
                .containsExactly("e4");
        assertThat(ids("--search", "HEADACHE morn*")).containsExactly("e4");
    }

    @Test
    void ordersAndLimits() {
        put(
                        Journal.entry("e1", "potency", "3"),
                        Journal.entry("e2", "potency", "7"),
                        Journal.entry("e3", "potency", "5"))
                .fine();
        assertThat(ids("--order", "-potency")).containsExactly("e2", "e3", "e1");
        assertThat(ids("--order", "potency", "--limit", "2")).containsExactly("e1", "e3");
    }

    @Test
    void printsATableForPeople() {
        put(Journal.entry("e1", "potency", "3")).fine();
        assertThat(commands.run("list", "--store", "@phone.db", "entries").out())
                .startsWith("id  account  amount  at                    done  notes  potency")
                .contains("e1  ann              2026-01-02T03:04:05Z               3")
                .endsWith("1 record\n");
    }

    @Test
    void refusesConditionsThatMakeNoSense() {
        List<String> conditions =
                List.of("potency", "potncy = 3", "potency = x", "tags = red", "at > yesterday", "done is so");
        for (String condition : conditions) {
            commands.run("list", "--store", "@phone.db", "entries", "--where", condition)
                    .refused(2);
        }
        commands.run("list", "--store", "@phone.db", "entries", "--where", "potency = 1,\"account\":2")
                .refused(2, "is INTEGER");
        commands.run("list", "--store", "@phone.db", "entries", "--limit", "0").refused(2, "A limit is 1 or more");
        commands.run("list", "--store", "@phone.db", "entries", "--order", "nothing")
                .refused(2, "no field nothing");
    }

    @Test
    void deletesARecordOnce() {
        put(Journal.entry("e1")).fine();
        commands.run("delete", "--store", "@phone.db", "entries", "e1").fine();
        commands.run("delete", "--store", "@phone.db", "entries", "e1").refused(1, "There is no record e1 in entries");
        commands.run("get", "--store", "@phone.db", "entries", "e1").refused(1, "There is no record e1 in entries");
    }

    @Test
    void refusesACollectionThatTheSchemaDoesNotHave() {
        commands.pipe(Journal.entry("e1"), "put", "--store", "@phone.db", "entrys")
                .refused(2, "no collection entrys");
        commands.run("get", "--store", "@phone.db", "entrys", "e1").refused(2, "no collection entrys");
        commands.run("list", "--store", "@phone.db", "entrys").refused(2, "no collection entrys");
    }

    private Invocation put(String... lines) {
        return commands.pipe(String.join("\n", lines), "put", "--store", "@phone.db", "entries");
    }

    private Invocation get(String id) {
        return commands.run("get", "--store", "@phone.db", "entries", id, "--json")
                .fine();
    }

    private Invocation list() {
        return commands.run("list", "--store", "@phone.db", "entries", "--json").fine();
    }

    private List<String> ids(String... options) {
        String[] args = Stream.concat(
                        Stream.of("list", "--store", "@phone.db", "entries", "--json"), Stream.of(options))
                .toArray(String[]::new);
        return commands.run(args).fine().lines().stream()
                .map(line -> line.replaceFirst("\\{\"id\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
