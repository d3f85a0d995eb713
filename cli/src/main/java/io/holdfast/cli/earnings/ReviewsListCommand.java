package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what waits for a person. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Prints the amounts that wait for a person, by user; or those that were decided.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings reviews list --data data",
            "  holdfast earnings reviews list --status any --user ann --server https://earn.example.org --token - --json"
        })
final class ReviewsListCommand implements Operation {

    private static final List<String> STATUSES = List.of("open", "accepted", "rejected", "adjusted", "any");

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private OfficeOption office;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            defaultValue = "open",
            description = "open, accepted, rejected, adjusted or any; ${DEFAULT-VALUE} if left out.")
    private String status;

    @Option(names = "--user", paramLabel = "ID", defaultValue = "", description = "Of one user; of all if left out.")
    private String user;

    @Mixin
    private JsonOption output;

    ReviewsListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        if (!STATUSES.contains(status)) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "The status is one of " + String.join(", ", STATUSES) + ", not '" + status + "'.");
        }
        TreeRows rows = new TreeRows(
                terminal,
                output.json(),
                List.of("user_id", "id", "reason", "from_at", "until_at", "amount", "status", "granted", "decided_by"));
        try (Office opened = office.open(terminal, host, host.person())) {
            opened.reviews(new Office.Wanted(status, user), rows);
        }
        rows.end(status.equals("any") ? "There is no review." : "No review is " + status + ".");
        return ExitCode.FINE;
    }
}
