package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.frame.RecordedTerminal;
import io.holdfast.cli.system.Host;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;

class HoldfastTest {

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();
    private final CommandLine holdfast = Holdfast.commands(recorded.terminal());

    @TestFactory
    Stream<DynamicTest> everyCommandSaysWhatItDoes() {
        return eachCommand()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    assertThat(command.getCommandSpec().usageMessage().description())
                            .isNotEmpty();
                    assertThat(command.getCommandSpec().args())
                            .allSatisfy(arg ->
                                    assertThat(arg.description()).as(label(arg)).isNotEmpty());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandShowsExamplesThatParse() {
        return eachCommand()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    assertThat(examples(command))
                            .isNotEmpty()
                            .allSatisfy(example ->
                                    Holdfast.commands(recorded.terminal()).parseArgs(example));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleCanBePastedAsItIsPrinted() {
        return eachCommand()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    assertThat(command.getUsageMessage().lines())
                            .contains(command.getCommandSpec().usageMessage().footer());
                    assertThat(command.getCommandSpec().usageMessage().footer())
                            .as("what a shell would read as a pattern, or as the end of the command, is quoted")
                            .allSatisfy(line ->
                                    assertThat(line.replaceAll("'[^']*'", "")).doesNotContainPattern("[?*&;()]"));
                }));
    }

    @Test
    void showsItsHelpAndFailsIfNoCommandIsGiven() {
        assertThat(holdfast.execute()).isEqualTo(2);
        assertThat(recorded.out()).contains("Usage: holdfast").contains("Examples:");
    }

    @Test
    void findsEachCommandByItsNameAlone() {
        Catalog.of(recorded.terminal(), Host.real()).keySet().forEach(name -> {
            CommandLine alone = Holdfast.commandsFor(new String[] {name}, recorded.terminal(), Host.real());
            assertThat(alone.getSubcommands().keySet()).containsExactlyInAnyOrder(name, "help");
        });
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        String[] args = {"staus"};
        assertThat(Holdfast.commandsFor(args, recorded.terminal(), Host.real()).execute(args))
                .isEqualTo(2);
        assertThat(recorded.err()).contains("status");
    }

    @Test
    void printsItsVersion() {
        assertThat(holdfast.execute("version")).isZero();
        assertThat(recorded.out()).matches("holdfast \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\\R");
    }

    @Test
    void printsItsVersionForPrograms() {
        assertThat(holdfast.execute("version", "--json")).isZero();
        assertThat(recorded.out())
                .matches("\\{\"version\":\"\\d[^\"]*\",\"java\":\"[^\"]+\",\"system\":\"[^\"]+\"\\}\n");
    }

    private Stream<CommandLine> eachCommand() {
        return withSubcommands(holdfast).filter(command -> !(command.getCommand() instanceof HelpCommand));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HoldfastTest::withSubcommands));
    }

    /** The words after {@code holdfast} of each example, up to a pipe, a redirection or a remark. */
    private static List<String[]> examples(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("holdfast "))
                .map(HoldfastTest::words)
                .toList();
    }

    private static String[] words(String example) {
        return Arrays.stream(example.split("\\s+(?=(?:[^']*'[^']*')*[^']*$)", -1))
                .skip(1)
                .takeWhile(word -> !List.of("|", ">", "<", "#", "&").contains(word))
                .map(word -> word.replace("'", ""))
                .toArray(String[]::new);
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String label(ArgSpec arg) {
        return arg.isOption() ? "option " + arg : "parameter " + arg.paramLabel();
    }
}
