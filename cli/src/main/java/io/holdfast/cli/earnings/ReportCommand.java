package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.record.Discrepancy;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is at odds. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Prints claims that contradict what the server knows: all, one in full, or as a file.",
            "In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings report --data data",
            "  holdfast earnings report 9f31aa --user ann --data data",
            "  holdfast earnings report --export csv --server https://earn.example.org --token - > discrepancies.csv"
        })
final class ReportCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "DISCREPANCY", arity = "0..1", description = "One of them, in full; needs --user.")
    private @Nullable String id;

    @Option(names = "--user", paramLabel = "ID", defaultValue = "", description = "Of one user; of all if left out.")
    private String user;

    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "", description = "Of one kind, such as ABOVE_RATE.")
    private String kind;

    @Option(names = "--export", paramLabel = "csv|json", description = "Print all of them as one file of this format.")
    private @Nullable String export;

    @Mixin
    private OfficeOption office;

    @Mixin
    private JsonOption output;

    ReportCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws IOException {
        requireSense();
        Optional<DiscrepancyExport> format = format();
        try (Office opened = office.open(terminal, host, host.person())) {
            if (format.isPresent()) {
                opened.export(format.get(), user, terminal.out());
            } else if (id != null) {
                show(opened.discrepancy(user, id));
            } else {
                list(opened);
            }
        }
        return ExitCode.FINE;
    }

    private void requireSense() {
        if (id != null && user.isEmpty()) {
            throw usage("Say whose discrepancy it is: --user ID.");
        }
        if (export != null && (id != null || !kind.isEmpty())) {
            throw usage("An export has all discrepancies; leave DISCREPANCY and --kind out.");
        }
        if (!kind.isEmpty()
                && Arrays.stream(Discrepancy.Kind.values())
                        .noneMatch(known -> known.name().equals(kind))) {
            throw usage("The kind is one of "
                    + Arrays.stream(Discrepancy.Kind.values()).map(Enum::name).collect(Collectors.joining(", "))
                    + ", not '" + kind + "'.");
        }
    }

    private Optional<DiscrepancyExport> format() {
        return switch (export) {
            case null -> Optional.empty();
            case "csv" -> Optional.of(DiscrepancyExport.CSV);
            case "json" -> Optional.of(DiscrepancyExport.JSON);
            default -> throw usage("Export as csv or json, not '" + export + "'.");
        };
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }

    private void list(Office opened) {
        TreeRows rows = new TreeRows(
                terminal, output.json(), List.of("user_id", "id", "kind", "session_id", "claimed", "computed", "at"));
        opened.discrepancies(new Office.Wanted(kind, user), rows);
        rows.end("Nothing is at odds.");
    }

    private void show(JsonTree discrepancy) {
        if (output.json()) {
            terminal.out().println(CanonicalJson.of(discrepancy));
            return;
        }
        if (discrepancy instanceof JsonTree.Members object) {
            TreeRows rows = new TreeRows(terminal, false, List.of("what", "found"));
            object.members().keySet().stream()
                    .filter(name -> !name.equals("details"))
                    .forEach(name -> rows.accept(row(name, TreeRows.text(discrepancy, name))));
            if (object.members().get("details") instanceof JsonTree.Members details) {
                details.members()
                        .keySet()
                        .forEach(name -> rows.accept(row("details: " + name, TreeRows.text(details, name))));
            }
            rows.end("");
        }
    }

    private static JsonTree row(String what, String found) {
        return new JsonTree.Members(Map.of("what", new JsonTree.Text(what), "found", new JsonTree.Text(found)));
    }
}
