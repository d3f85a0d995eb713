package io.holdfast.cli.gaps;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.audit.Gap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints gaps. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints the gaps that are not closed, newest first. The exit code is 1 if there are any.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast gaps list --store phone.db", "  holdfast gaps list --data data --scope ann --all --json"})
public final class GapsListCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private GapSource source;

    @Option(names = "--all", description = "Also those that are repaired or gone.")
    private boolean all;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public GapsListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        TextTable table = new TextTable(List.of("id", "scope", "record", "kind", "state", "found by", "found at"));
        boolean[] open = {false};
        source.each(!all, host, (scope, gap) -> {
            open[0] |= !gap.state().closed();
            if (output.json()) {
                JsonLine.print(terminal.out(), json -> GapJson.write(scope, gap, json));
            } else {
                table.add(cells(scope, gap));
            }
        });
        if (!output.json()) {
            print(table);
        }
        return open[0] ? ExitCode.WRONG : ExitCode.FINE;
    }

    private void print(TextTable table) {
        if (table.size() == 0) {
            terminal.out().println(all ? "No gap was ever found." : "No gap is open.");
        } else {
            table.print(terminal.out());
        }
    }

    private static List<String> cells(String scope, Gap gap) {
        return List.of(
                String.valueOf(gap.id()),
                scope,
                named(gap),
                gap.kind().name(),
                gap.state().name(),
                gap.finding().by(),
                GapJson.at(gap.finding().atMillis()));
    }

    static String named(Gap gap) {
        return gap.key().equals(Gap.ALL) ? "(all)" : gap.key().toString();
    }
}
